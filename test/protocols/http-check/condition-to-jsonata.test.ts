import assert from 'node:assert/strict';
import fc from 'fast-check';
import jsonata from 'jsonata';
import { conditionToJsonata } from '../../../nodes/protocols/http-check/condition-to-jsonata.ts';
import { earlierCondition } from './earlier-condition.ts';

const numRuns = 2000;

// An expression that fails is a check that fails.
async function holds(expression: string, document: unknown): Promise<boolean> {
  try {
    const result: unknown = await jsonata(expression).evaluate(document);
    return (await jsonata('$boolean($result)').evaluate(null, { result })) === true;
  } catch {
    return false;
  }
}

async function agrees(condition: string, document: unknown): Promise<void> {
  const earlier = earlierCondition(condition);
  assert.ok(earlier, condition);
  const now = conditionToJsonata(condition);
  assert.equal(await holds(now, document), earlier(document), `${condition} as ${now}`);
}

describe('conditionToJsonata', () => {
  for (const [condition, expression] of [
    ['status = "ok"', 'status = "ok"'],
    ['status=ok', 'status = "ok"'],
    ['status != ok', '$not(status = "ok")'],
    ['a.b = true', 'a.b = true'],
    ['checks[0].age < 60', '$number($trim($string(checks[0].age))) < 60'],
    ['[1].a-b = [1, "x"]', '$[1].`a-b` = [1,"x"]'],
    ['"a`b".c = null', '$."a`b".c = null'],
    ['a < b', 'false'],
  ] as const) {
    it(`makes of ${condition} ${expression}`, () =>
      assert.equal(conditionToJsonata(condition), expression));
  }

  for (const other of ['', 'status', 'status =', '= 1', 'a b = 1', 'a. = 1', 'a = {b', '.a = 1']) {
    it(`leaves ${JSON.stringify(other)} as it is`, () => {
      assert.equal(earlierCondition(other), undefined);
      assert.equal(conditionToJsonata(other), other);
    });
  }

  for (const [condition, document] of [
    ['a != 60', { a: 'sixty' }],
    ['a != 60', { a: '60.0' }],
    ['a != 60', {}],
    ['a = 1', { a: true }],
    ['a < 1', { a: false }],
    ['a < 1', { a: null }],
    ['a = 5', { a: ' 05 ' }],
    ['a >= 5', { a: '5e0' }],
    ['a <= x', { a: 'x' }],
    ['list.length > 1', { list: [1, 2] }],
    ['list.length > 1', { list: { length: 2 } }],
    ['length = 1', [0]],
    ['a = 1', { a: [1] }],
    ['a = [1]', { a: 1 }],
    ['a = []', { a: [] }],
    ['a = "05"', { a: 5 }],
    ['a = {"b": [null, {}]}', { a: { b: [null, {}] } }],
    ['m[1][0] = 3', { m: [[1], [3]] }],
  ] as const) {
    it(`judges ${JSON.stringify(document)} by ${condition} as before`, () =>
      agrees(condition, document));
  }

  it('judges any document that is made as its condition says as before', async () => {
    const names = fc.constantFrom(
      'a',
      'b_1',
      'a-b',
      '$x',
      'a b',
      'and',
      'a`b',
      'é',
      'length',
      '7x',
    );
    const steps = fc.array(fc.oneof(names, fc.nat({ max: 2 })), { minLength: 1, maxLength: 4 });
    const decimals = fc
      .tuple(fc.integer({ min: -999, max: 999 }), fc.constantFrom(1, 0.5, 0.01))
      .map(([number, times]) => Number((number * times).toPrecision(6)));
    const leaves = fc.oneof(
      decimals,
      decimals.map(String),
      decimals.map((number) => ` ${number.toFixed(3)}`),
      fc.constantFrom(0, 1, '0', '1', true, false, null, '', ' ', 'ok', 'a b', 'x=y', '"'),
      fc.constantFrom([], {}, [0], ['ok'], [null, [1]], { a: 1 }, { a: [] }, [{}], [[]]),
    );
    const tries = fc.tuple(steps, fc.constantFrom('=', '!=', '<', '<=', '>', '>='), leaves, leaves);
    const cut = fc.option(fc.tuple(fc.nat({ max: 3 }), fc.constantFrom(null, 5, 'x', true)));
    await fc.assert(
      fc.asyncProperty(
        tries,
        fc.boolean(),
        cut,
        async ([path, operator, one, other], same, end) => {
          const condition = `${pathText(path)} ${operator} ${JSON.stringify(one)}`;
          await agrees(condition, documentOf(path, same ? one : other, end));
        },
      ),
      { numRuns },
    );
  });

  it('judges by a bare word as before', async () => {
    const words = fc.constantFrom('ok', 'not ok', '05', '1e3', 'a.b', '$x', 'null!', "it's", 'é');
    await fc.assert(
      fc.asyncProperty(
        words,
        words,
        fc.constantFrom('=', '!=', '<=', '>'),
        (one, other, operator) => agrees(`a ${operator} ${one}`, { a: other }),
      ),
      { numRuns: 300 },
    );
  });

  it('makes JSONata of any condition', () => {
    const texts = fc.string({ unit: fc.constantFrom(...Array.from('ab.[]0"\\= <>!{}$-`')) });
    fc.assert(
      fc.property(texts, (text) => {
        if (earlierCondition(text)) jsonata(conditionToJsonata(text));
        else assert.equal(conditionToJsonata(text), text);
      }),
      { numRuns },
    );
  });
});

function pathText(path: readonly (string | number)[]): string {
  return path
    .map((step, i) => {
      if (typeof step === 'number') return `[${step}]`;
      return `${i === 0 ? '' : '.'}${/^[\w$-]+$/.test(step) ? step : JSON.stringify(step)}`;
    })
    .join('');
}

// A list where the path has an index, an object where it has a name; what is at `end` is there instead.
function documentOf(
  path: readonly (string | number)[],
  leaf: unknown,
  end: [place: number, value: unknown] | null,
): unknown {
  const built = path.reduceRight<unknown>((inner, step, place) => {
    // The first entry of what is no list is itself, to JSONata.
    if (place === end?.[0] && typeof step === 'string') return end[1];
    return typeof step === 'number'
      ? [...Array<unknown>(step).fill('-'), inner]
      : { [step]: inner };
  }, leaf);
  return built;
}
