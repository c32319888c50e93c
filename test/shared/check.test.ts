import assert from 'node:assert/strict';
import * as check from '../../nodes/shared/check.ts';

const message = (action: () => unknown) => {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
};

describe('check', () => {
  it('takes numbers and numeric texts, in their bounds', () => {
    assert.equal(check.number('interval', '10'), 10);
    assert.equal(check.number('interval', -0.5), -0.5);
    for (const bad of ['', ' ', 'ten', '1e999', null, undefined, Number.NaN, Infinity, [5], true]) {
      assert.match(
        message(() => check.number('interval', bad)),
        /^interval: expected a number/,
      );
    }
    assert.equal(
      message(() => check.number('interval', 0, { min: 1 })),
      'interval: expected at least 1, but got 0',
    );
    assert.equal(
      message(() => check.number('port', 1.5, { integer: true })),
      'port: expected a whole number, but got 1.5',
    );
  });

  it('refuses line breaks and control characters in a text', () => {
    for (const bad of ['a\nb', 'a\rb', 'a\u0000b', 'a\u2028b', 'a\u0085b']) {
      assert.match(
        message(() => check.text('name', bad)),
        /^name: expected a text without line breaks/,
      );
    }
    assert.equal(check.text('name', 'Zürich – 1 🙂'), 'Zürich – 1 🙂');
  });

  it('names an unknown field with its path', () => {
    assert.equal(
      message(() => check.object('devices[3]', { adress: 'x' }, ['name', 'address'])),
      'devices[3].adress: expected only the fields name, address, but got "x"',
    );
  });

  it('makes labels of texts, numbers and booleans only, without __proto__', () => {
    assert.deepEqual(check.labels('labels', { site: 'b', rack: 4, spare: false }), {
      site: 'b',
      rack: '4',
      spare: 'false',
    });
    for (const bad of ['{"__proto__":"x"}', '{"a b":"x"}', '{"1a":"x"}', '{"a":{}}', '[]']) {
      assert.match(
        message(() => check.labels('labels', JSON.parse(bad))),
        /^labels.*: expected/,
      );
    }
  });

  describe('of certificates', () => {
    const one = '-----BEGIN CERTIFICATE-----\nMIIB+/=\n-----END CERTIFICATE-----';
    const problem = (value: unknown) => {
      try {
        return check.certificates('ca', value);
      } catch (error) {
        return (error as Error).message.split(',')[0];
      }
    };

    it('takes several, with words between them, and none', () => {
      assert.equal(problem(` ${one}\nsubject=a\n${one}\n`), `${one}\nsubject=a\n${one}`);
      assert.equal(problem(' '), '');
      assert.equal(problem(undefined), '');
    });

    it('refuses all else', () => {
      const expected = 'ca: expected certificates in PEM form (-----BEGIN CERTIFICATE-----)';
      for (const bad of ['rubbish', `${one}\n${one.slice(0, 40)}`, one.replace('M', '!'), 7]) {
        assert.equal(problem(bad), expected);
      }
    });
  });
});
