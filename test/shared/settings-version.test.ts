import assert from 'node:assert/strict';
import { dialogDefaults } from '../../nodes/shared/editor/dialog-defaults.ts';
import { Problem } from '../../nodes/shared/problem.ts';
import { settings, unchecked } from '../../nodes/shared/settings.ts';
import { versions } from '../../nodes/shared/settings-version.ts';

// Two that only give the right text in their order.
const { version, migrate, checkVersion } = versions([
  ({ words, ...config }) => ({ ...config, text: `${String(words)}, twice` }),
  (config) => ({ ...config, text: `${String(config.text)}, thrice` }),
]);

describe('versions', () => {
  it('count from 1, that of a config without any', () => {
    assert.equal(version, 3);
    assert.equal(versions([]).version, 1);
    assert.equal(checkVersion(undefined), 1);
    assert.deepEqual(versions([]).migrate({ a: 1 }), { a: 1, version: 1 });
  });

  it('are gone through from that of the config on', () => {
    const stored = Object.freeze({ id: 'x', words: 'once' });
    assert.deepEqual(migrate(stored), { id: 'x', text: 'once, twice, thrice', version: 3 });
    assert.deepEqual(migrate({ version: 2, text: 'a' }), { version: 3, text: 'a, thrice' });
    assert.deepEqual(migrate({ version: 3, text: 'a' }), { version: 3, text: 'a' });
  });

  it('that are later are told as such, and what is no version as that', () => {
    assert.throws(
      () => migrate({ version: 4 }),
      (problem: Problem) => problem.key === 'laterVersion' && / 4 .* 3\b/.test(problem.message),
    );
    for (const bad of [0, 1.5, 'two', null]) {
      assert.throws(() => migrate({ version: bad }), /^Problem: version: expected /);
    }
  });
});

describe('settings with migrations', () => {
  const declared = settings({ text: unchecked('') }, [
    ({ words, ...config }) => ({ ...config, text: words }),
  ]);

  it('have the present version in a new node', () => {
    assert.deepEqual(declared.defaults, { text: '', version: 2 });
  });

  it('are judged in the dialog as they are after them, a later version by that alone', () => {
    const only = settings(
      { text: { default: '', parse: (_, value) => assert.equal(value, 'A') } },
      [({ text, ...config }) => ({ ...config, text: String(text).toUpperCase() })],
    );
    const { text, version: marked } = dialogDefaults((key) => key, only);
    const validate = (node: object, value: unknown) => text.validate.call(node as never, value);
    assert.equal(validate({ text: 'a' }, 'a'), true);
    assert.notEqual(validate({ text: 'a', version: 2 }, 'a'), true);
    assert.equal(validate({ text: 'b' }, 'A'), true);
    assert.equal(validate({ text: 'A', version: 3 }, 'A'), true);
    assert.equal(marked.validate(3), 'shared.problem.laterVersion');
    assert.equal(marked.validate(undefined), true);
  });
});
