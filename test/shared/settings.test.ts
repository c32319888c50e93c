import assert from 'node:assert/strict';
import * as check from '../../nodes/shared/check.ts';
import { dialogDefaults } from '../../nodes/shared/editor/dialog-defaults.ts';
import { choice, flag, number, setting, settings, unchecked } from '../../nodes/shared/settings.ts';

const declared = settings({
  name: unchecked(''),
  kind: choice('line', ['line', 'bar']),
  isOn: flag(true),
  window: number(30, { min: 1, times: 60_000 }),
  words: setting('a b', (field, value) => check.text(field, value).split(' ')),
});

describe('the settings of a node', () => {
  it('have a default each, as a new node holds it', () => {
    assert.deepEqual(declared.defaults, {
      name: '',
      kind: 'line',
      isOn: true,
      window: 30,
      words: 'a b',
      version: 1,
    });
  });

  it('are read as the runtime takes them; what is missing has its default, other things are left', () => {
    assert.deepEqual(declared.read({ id: 'x', name: 'n', window: '2' }), {
      name: 'n',
      kind: 'line',
      isOn: true,
      window: 120_000,
      words: ['a', 'b'],
    });
  });

  it('tell of the first that is wrong, by its name', () => {
    assert.throws(() => declared.read({ kind: 'pie', isOn: 'yes' }), {
      message: 'kind: expected one of line, bar, but got "pie"',
    });
    assert.throws(() => declared.read({ window: 0 }), /^Problem: window: .* at least 1/);
    assert.throws(() => declared.read({ isOn: null }), /isOn: expected true or false/);
    assert.throws(() => declared.read([]), /expected an object/);
  });

  it('are marked in the dialog by the same checks', () => {
    const { kind, words } = dialogDefaults((key) => key, declared);
    assert.equal(kind.value, 'line');
    assert.equal(kind.validate('bar'), true);
    // A flow from before the setting was there.
    assert.equal(kind.validate(undefined), true);
    assert.equal(kind.validate('pie'), 'shared.problem.field');
    assert.equal(words.validate(''), 'shared.problem.fieldMissing');
  });
});
