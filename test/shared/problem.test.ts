import assert from 'node:assert/strict';
import german from '../../locales/de/shared.json' with { type: 'json' };
import english from '../../locales/en-US/shared.json' with { type: 'json' };
import {
  errorText,
  FieldProblem,
  fill,
  Problem,
  show,
  together,
} from '../../nodes/shared/problem.ts';

const translator =
  (catalogue: object) =>
  (key: string, params: Record<string, string> = {}) => {
    const [, group, name] = key.split('.') as [string, string, string];
    return fill((catalogue as Record<string, Record<string, string>>)[group]![name]!, params);
  };
const inGerman = translator(german);
const inEnglish = translator(english);

describe('FieldProblem', () => {
  const problem = new FieldProblem('rules[2].threshold', 'between', 'hot', { min: 0, max: 100 });

  it('says in a log for developers which field is wrong and what was expected', () => {
    assert.equal(
      problem.message,
      'rules[2].threshold: expected a number from 0 to 100, but got "hot"',
    );
  });

  it("says it in the reader's language and the words of the dialog", () => {
    assert.equal(
      errorText(problem, inGerman),
      'Regel 3, Schwelle: erwartet wird eine Zahl von 0 bis 100, angegeben ist "hot"',
    );
    assert.equal(
      errorText(problem, inEnglish),
      'rule 3, Threshold: expected a number from 0 to 100, but got "hot"',
    );
  });

  for (const [field, text] of [
    ['name', 'Name: expected a number, but got "x"'],
    ['rules[0].name', 'rule 1, Name of the alert: expected a number, but got "x"'],
    ['snmpOwnOids[1].labels', 'OID 2, Labels and their columns: expected a number, but got "x"'],
    ['payload', 'msg.payload: expected a number, but got "x"'],
    [
      'payload[3].labels.site',
      'msg.payload, entry 4, Labels, site: expected a number, but got "x"',
    ],
    ['interfaces[0].inOctets', 'interface 1, inOctets: expected a number, but got "x"'],
    ['checks[0].age', 'checks 1, age: expected a number, but got "x"'],
    ['toString', 'toString: expected a number, but got "x"'],
  ] as const) {
    it(`names the field ${field} as its reader knows it`, () => {
      assert.equal(errorText(new FieldProblem(field, 'number', 'x'), inEnglish), text);
    });
  }

  for (const [field, actual, text] of [
    ['address', '', 'give the device an address'],
    ['address', undefined, 'give the device an address'],
    ['rules[2].threshold', null, 'rule 3: give the rule a threshold'],
    ['rules[0].metric', ' ', 'rule 1: choose a metric'],
    ['interval', '', 'Every is empty: give a number'],
    ['readings[1].value', undefined, 'reading 2, value is empty: give a number'],
  ] as const) {
    it(`says what to do where ${field} is ${JSON.stringify(actual)}`, () => {
      assert.equal(errorText(new FieldProblem(field, 'number', actual), inEnglish), text);
    });
  }

  it('names the field that any other problem is about', () => {
    const problem = new Problem('metricUnknown', {
      field: 'rules[1].metric',
      metric: 'cpu_usge',
      similar: 'cpu_usage',
    });
    assert.equal(
      errorText(problem, inEnglish),
      'rule 2, Metric: no Netmon node sends cpu_usge; is cpu_usage meant?',
    );
  });
});

describe('errorText', () => {
  it("gives any other error's own message", () => {
    assert.equal(errorText(new Error('boom'), inGerman), 'boom');
    assert.equal(errorText('plain'), 'plain');
  });
});

describe('show', () => {
  it('shows values on one line, shortened', () => {
    assert.equal(show('a\nb\u2028c'), '"a\\nb\\u2028c"');
    assert.equal(show(Number.NaN), 'NaN');
    assert.equal(show(12n), '12');
    assert.equal(show(undefined), 'nothing');
    assert.equal(show('x'.repeat(500)).length, 80);
    assert.equal(show({ a: [1n, { b: null }] }), '{"a":["1",{"b":null}]}');
  });

  it('shows the beginning of what is nested deeply, or huge', () => {
    let deep: unknown = 'x';
    for (let i = 0; i < 100_000; i++) deep = [deep];
    assert.equal(show(deep), `${'['.repeat(79)}…`);
    const huge = Array.from({ length: 100_000 }, () => ({ toJSON: 'x'.repeat(1000) }));
    assert.equal(show(huge), `[{"toJSON":"${'x'.repeat(67)}…`);
  });
});

describe('Problem', () => {
  const row = new Problem('row', { row: 3 }, { cause: new FieldProblem('name', 'text', 7) });

  it('says its cause in the same language', () => {
    assert.equal(row.message, 'row 3: name: expected a text, but got 7');
    assert.equal(
      errorText(row, inGerman),
      'Zeile 3: Name: erwartet wird ein Text, angegeben ist 7',
    );
  });

  it('is known in a file built with a class of its own', () => {
    const other = Object.assign(new Error('row 3: boom'), {
      name: 'Problem',
      key: 'row',
      params: { row: '3' },
      cause: new Error('boom'),
    });
    assert.equal(errorText(other, inGerman), 'Zeile 3: boom');
  });
});

describe('together', () => {
  const text = (error: Error) => error.message;

  it('is nothing, the problem or one for all of them', () => {
    const problems = (count: number) => Array.from({ length: count }, (_, i) => new Error(`e${i}`));
    assert.equal(together('readings', [], text), undefined);
    assert.equal(together('readings', problems(1), text)?.message, 'e0');
    assert.equal(
      together('readings', problems(2), text)?.message,
      '2 readings are left out: e0; e1',
    );
    assert.equal(
      together('readings', problems(7), text)?.message,
      '7 readings are left out: e0; e1; e2; e3; e4; …',
    );
  });
});
