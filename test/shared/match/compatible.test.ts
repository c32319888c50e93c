import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  parseLabels,
  parseMetrics,
  parseNames,
  parseSeries,
} from '../../../nodes/shared/match/parse-filter.ts';
import { FieldProblem } from '../../../nodes/shared/problem.ts';
import {
  earlierLabels,
  earlierMetrics,
  earlierNames,
  earlierSelection,
} from './earlier-filters.ts';

const numRuns = 2000;
/** Short texts of what matters in filters, so that they often fit each other. */
const texts = (parts: string[], maxLength: number) =>
  fc.array(fc.constantFrom(...parts), { maxLength }).map((list) => list.join(''));
const lists = fc.oneof(texts(['a', 'b', '*', '!', ',', ', ', ' ', '_', '"', '{', '='], 12));
const names = fc.array(texts(['a', 'b', '!', '_', ' ', '"', '{', '='], 4), { maxLength: 6 });
const matchers = fc.oneof(
  texts(
    ['a', 'b', '=', '!=', '=~', '!~', ',', ' ', '"', "'", '\\', '*', '.', '(', ')', '{', '}'],
    12,
  ),
  // Those that are mostly right.
  fc
    .array(
      fc
        .tuple(
          fc.constantFrom('a', 'b', 'a '),
          fc.constantFrom('=', '!=', '=~', '!~', ' = '),
          fc.constantFrom(
            'a',
            '"a"',
            "'a b'",
            '"a\\"b"',
            'a*',
            '"a*"',
            'a.*',
            '"(a|b)+"',
            'x}y',
            '',
          ),
        )
        .map((parts) => parts.join('')),
      { maxLength: 3 },
    )
    .map((list) => list.join(', ')),
);
const labelSets = fc.array(
  fc.dictionary(fc.constantFrom('a', 'b'), texts(['a', 'b', '*', ' ', '"', 'x}y'], 3)),
  { maxLength: 6 },
);
const selections = fc
  .array(
    fc
      .tuple(texts(['a', 'b', '*', ':', ' '], 4), matchers, fc.boolean())
      .map(([name, labels, braces]) => (braces ? `${name}{${labels}}` : name)),
    { maxLength: 3 },
  )
  .map((lines) => lines.join('\n'));

/** What a parser gives; undefined where it refuses the text as a bad field. */
function taken<Filter>(parse: () => Filter): Filter | undefined {
  try {
    return parse();
  } catch (error) {
    assert.ok(error instanceof FieldProblem, String(error));
    return undefined;
  }
}

describe('the language of filters', () => {
  it('takes the lists of names of before, with their meaning', () => {
    const check = fc.property(lists, names, (text, all) => {
      const [before, now] = [earlierNames(text), taken(() => parseNames('x', text))];
      assert.equal(now === undefined, before === undefined);
      for (const name of all) assert.equal(now?.takes(name), before?.(name));
    });
    fc.assert(check, { numRuns });
  });

  it('takes the lists of metrics of before, but for ! that had no meaning in them', () => {
    const check = fc.property(lists, names, (text, all) => {
      fc.pre(!/(^|,)\s*!/.test(text));
      const [before, now] = [earlierMetrics(text), taken(() => parseMetrics('x', text))];
      assert.equal(now === undefined, before === undefined);
      for (const name of all) assert.equal(now?.rank(name), before?.(name));
    });
    fc.assert(check, { numRuns });
  });

  it('takes the label matchers of before, with their meaning', () => {
    const check = fc.property(matchers, labelSets, (text, sets) => {
      const [before, now] = [earlierLabels(text), taken(() => parseLabels('x', text))];
      assert.equal(now === undefined, before === undefined);
      for (const labels of sets) assert.equal(now?.takes(labels), before?.(labels));
    });
    fc.assert(check, { numRuns });
  });

  it('takes the selectors of before, with their meaning', () => {
    const check = fc.property(selections, names, labelSets, (text, all, sets) => {
      const before = earlierSelection(text);
      const now = taken(() => parseSeries('x', text));
      assert.equal(now === undefined, before === undefined);
      for (const name of [...all, 'a', 'ab', 'b']) {
        for (const labels of sets) {
          assert.equal(now && (now.of(name)?.(labels) ?? false), before?.(name, labels));
        }
      }
    });
    fc.assert(check, { numRuns });
  });
});
