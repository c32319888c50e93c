import { seriesKey } from '../../../contract/reading.ts';
import type { AskedQuery } from '../store/messages.ts';
import type { Answer, Answered } from '../store/query.ts';

/** What an analysis waits for: the answer to a query, or nothing but that others have their turn. */
type Step = AskedQuery | undefined;

/** An analysis under way. It gets the answer to each query that it yields, and yields every few ms. */
export type Work<Result> = Generator<Step, Result, Answer | undefined>;

/** Reads the history: `const answer = yield* ask(query)`. Throws what reading throws. */
export function* ask(query: AskedQuery): Work<Answer> {
  return (yield query)!;
}

/** series that are in memory at a time unless told */
const usualBatch = 50;

/**
 * Reads many series, a few at a time, and does something with each: never are all in memory. One that has nothing in
 * the span is passed over. Returns how many there were.
 * @param query without groups: its `maxSeries` is how many are read at most
 * @param batch how many at a time: each time all series of a history are put in order anew
 */
export function* eachSeries(
  { maxSeries, ...query }: Omit<AskedQuery, 'group' | 'top' | 'after' | 'limit'>,
  use: (series: Answered) => void,
  batch = usualBatch,
): Work<{ series: number; omitted: number }> {
  let series = 0;
  let after: string | undefined;
  for (;;) {
    const most = Math.min(batch, maxSeries - series);
    const answer: Answer = yield* ask({ ...query, limit: Infinity, maxSeries: most, after });
    for (const one of answer.series) {
      use(one);
      yield undefined;
    }
    series += answer.series.length;
    if (answer.omitted === 0 || series >= maxSeries) return { series, omitted: answer.omitted };
    const { metric, labels } = answer.series.at(-1)!;
    after = seriesKey(metric, labels);
  }
}

/**
 * Runs an analysis. Rejects with whatever it throws, and with what `turn` throws.
 * @param read answers a query
 * @param turn lets others have their turn, where it is time for that
 */
export async function run<Result>(
  work: Work<Result>,
  read: (query: AskedQuery) => Promise<Answer>,
  turn: () => Promise<void> | undefined,
): Promise<Result> {
  let step = work.next();
  while (!step.done) {
    if (step.value) {
      step = work.next(await read(step.value));
    } else {
      await turn();
      step = work.next();
    }
  }
  return step.value;
}
