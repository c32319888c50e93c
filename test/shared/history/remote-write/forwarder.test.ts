import assert from 'node:assert/strict';
import {
  Forwarder,
  type ForwarderOptions,
  type PostAnswer,
} from '../../../../nodes/shared/history/remote-write/forwarder.ts';
import type { Batch } from '../../../../nodes/shared/history/store/journal.ts';
import type { Waiting } from '../../../../nodes/shared/history/store/outbox.ts';
import type { SeriesName } from '../../../../nodes/shared/history/store/series-list.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { decodeWriteRequest, type Received } from '../../../support/remote-write.ts';

const start = Date.UTC(2026, 10, 23);

/** What waits, in memory. */
class Queue implements NonNullable<ForwarderOptions['outbox']> {
  readonly batches: Waiting[] = [];
  had = 0;
  end = 0;

  add(batch: Batch): void {
    this.batches.push({ position: this.end, batch });
    this.end += batch.values.length;
  }

  next(position: number): Waiting | undefined {
    const found = this.batches.find((one) => one.position + one.batch.values.length > position);
    if (!found) return undefined;
    assert.ok(found.position >= position, 'whole batches only here');
    return found;
  }

  position(): number {
    return this.had;
  }

  behind(): number {
    return this.end - this.had;
  }

  advance(_: string, position: number): void {
    this.had = position;
  }
}

describe('Forwarder', () => {
  let clock: FakeClock;
  let queue: Queue;
  let told: string[];
  let failures: unknown[];
  /** what each request held */
  let requests: Received[][];
  let forwarder: Forwarder;
  /** what the receiver says to a request */
  let answer: (samples: Received[], number: number) => number | Partial<PostAnswer> | Error;
  let idle: PromiseWithResolvers<void>;
  const names: SeriesName[] = ['a', 'b'].map((device) => ({
    ...{ metric: 'cpu_usage', labels: { device }, unit: '%', info: undefined },
  }));

  const open = (more: Partial<ForwarderOptions> = {}) => {
    forwarder = new Forwarder({
      ...{ name: 'n', host: 'prometheus:9090', labels: {}, outbox: queue, clock },
      nameOf: (series) => names[series],
      post: async (body) => {
        await Promise.resolve();
        const samples = decodeWriteRequest(body);
        requests.push(samples);
        const said = answer(samples, requests.length);
        if (said instanceof Error) throw said;
        const given = typeof said === 'number' ? { status: said } : said;
        return { status: 204, retryAfter: '', text: '', ...given };
      },
      tell: (problem) => told.push(problem.message),
      failed: (error) => failures.push(error),
      ...more,
    });
  };
  /** Writes points of series: their number, seconds from the start, value. */
  const write = (...points: [number, number, number][]) => {
    queue.add({
      series: points.map(([series]) => series),
      times: Float64Array.from(points, ([, seconds]) => start + seconds * 1000),
      values: Float64Array.from(points, ([, , value]) => value),
    });
    forwarder.wake();
  };
  /** Resolves once the receiver has had all. */
  const done = async () => {
    idle = Promise.withResolvers();
    if (queue.behind() > 0) await idle.promise;
  };
  const values = () => requests.map((samples) => samples.map(({ value }) => value));

  beforeEach(() => {
    clock = new FakeClock({ date: start });
    queue = new Queue();
    const advance = queue.advance.bind(queue);
    queue.advance = (name, position) => {
      advance(name, position);
      if (queue.behind() === 0) idle?.resolve();
    };
    [told, failures, requests] = [[], [], []];
    answer = () => 204;
    open();
  });

  afterEach(() => forwarder.close());

  it('sends what comes, with the names and labels of Prometheus', async () => {
    write([0, 1, 1.5], [1, 1, 2]);
    await done();
    assert.deepEqual(requests, [
      [
        { labels: { __name__: 'cpu_usage', device: 'a' }, time: start + 1000, value: 1.5 },
        { labels: { __name__: 'cpu_usage', device: 'b' }, time: start + 1000, value: 2 },
      ],
    ]);
    assert.deepEqual(forwarder.status, {
      ...{
        host: 'prometheus:9090',
        behind: 0,
        since: undefined,
        refused: 0,
        lost: 0,
        problem: undefined,
      },
    });
  });

  it('brings the samples of a series into order, each time once', async () => {
    write([0, 3, 3], [0, 1, 1], [1, 2, 20], [0, 1, 10]);
    await done();
    assert.deepEqual(values(), [[10, 3, 20]]);
  });

  it('sends late ones apart, after the others', async () => {
    write([0, 10, 1]);
    await done();
    write([0, 5, 2], [0, 11, 3], [1, 5, 4]);
    await done();
    assert.deepEqual(values(), [[1], [4, 3], [2]]);
  });

  it('sends no more than a thousand samples at once', async () => {
    write(...Array.from({ length: 2500 }, (_, i): [number, number, number] => [0, i, i]));
    await done();
    assert.deepEqual(
      requests.map((samples) => samples.length),
      [1000, 1000, 500],
    );
    assert.deepEqual(
      values().flat(),
      Array.from({ length: 2500 }, (_, i) => i),
    );
  });

  it('tries again what got no answer, with pauses that grow, and tells once', async () => {
    answer = (_, number) => (number < 9 ? new Error('connect ECONNREFUSED') : 204);
    write([0, 1, 1]);
    for (let i = 0; i < 8; i++) await clock.jump();
    assert.equal(forwarder.status.behind, 1);
    assert.equal(forwarder.status.since, start + 1000);
    await done();
    const seconds = clock.lengths.map((ms) => ms / 1000);
    assert.deepEqual(seconds, [1, 2, 4, 8, 16, 32, 60, 60]);
    assert.equal(requests.length, 9);
    assert.deepEqual(told, [
      'prometheus:9090 does not take readings (connect ECONNREFUSED): they wait here, and go on once it does',
    ]);
    assert.equal(forwarder.status.problem, undefined);
  });

  it('waits as long as it is asked to after 429 and 5xx', async () => {
    const date = new Date(start + 60_000).toUTCString();
    answer = (_, number) =>
      [
        { status: 429, retryAfter: '30', text: 'slow\ndown' },
        { status: 503, retryAfter: date },
        { status: 500, retryAfter: 'soon' },
        { status: 429, retryAfter: '99999999' },
      ][number - 1] ?? 204;
    write([0, 1, 1]);
    for (let i = 0; i < 4; i++) await clock.jump();
    await done();
    assert.deepEqual(clock.lengths, [30_000, 30_000, 4000, 600_000]);
    assert.deepEqual(told, [
      'prometheus:9090 does not take readings now (status 429: slow down): they wait here, and go on once it does',
    ]);
  });

  it('keeps trying slowly where address or login are wrong', async () => {
    answer = (_, number) => [401, 404, 302][number - 1] ?? 204;
    write([0, 1, 1]);
    for (let i = 0; i < 3; i++) await clock.jump();
    await done();
    assert.deepEqual(clock.lengths, [60_000, 60_000, 60_000]);
    assert.equal(told.length, 1);
    assert.match(told[0]!, /status 401.*check address and login/);
  });

  it('leaves out what is refused for good, that alone, and tells once', async () => {
    const isBad = ({ value }: Received) => value === 3 || value === 7;
    answer = (samples) => (samples.some(isBad) ? { status: 400, text: 'out of order\n' } : 204);
    const taken = () => {
      const good = requests.filter((samples) => !samples.some(isBad));
      return good.flat().map(({ value }) => value);
    };
    write(...[1, 2, 3, 4, 5, 6, 7, 8].map((i): [number, number, number] => [0, i, i]));
    await done();
    assert.deepEqual(taken(), [1, 2, 4, 5, 6, 8]);
    assert.equal(forwarder.status.refused, 2);
    assert.deepEqual(told, ['prometheus:9090 refused 1 readings for good: out of order']);
    write([1, 3, 3]);
    await done();
    assert.equal(forwarder.status.refused, 3);
    assert.equal(told.length, 1);
    clock.advance(3_600_000);
    write([1, 7, 7]);
    await done();
    assert.deepEqual(told.slice(1), ['prometheus:9090 refused 4 readings for good: out of order']);
  });

  it('gives up on parts where a receiver refuses all the time', async function () {
    // Thousands of requests, which take long beside other work.
    this.timeout(120_000);
    answer = () => 400;
    for (let i = 0; i < 5; i++) {
      write(...Array.from({ length: 1000 }, (_, n): [number, number, number] => [0, n, i]));
      await done();
    }
    assert.equal(forwarder.status.refused, 5000);
    assert.ok(requests.length < 8100, String(requests.length));
    clock.advance(5 * 60_000);
    const before = requests.length;
    write([0, 5000, 1], [1, 5000, 1]);
    await done();
    assert.equal(requests.length - before, 3);
  });

  it('counts what is no longer there', async () => {
    answer = () => 503;
    write([0, 1, 1]);
    await clock.timerSet();
    write([0, 2, 2], [0, 3, 3]);
    write([0, 4, 4]);
    queue.batches.splice(1, 1);
    answer = () => 204;
    await clock.jump();
    await done();
    assert.deepEqual(values().slice(1), [[1], [4]]);
    assert.equal(forwarder.status.lost, 2);
    queue.end += 5;
    forwarder.wake();
    await done();
    assert.equal(forwarder.status.lost, 7);
  });

  it('goes on from where it was, once it is opened again', async () => {
    answer = () => new Error('gone');
    write([0, 1, 1]);
    await clock.timerSet();
    await forwarder.close();
    assert.equal(queue.had, 0);
    answer = () => 204;
    open();
    await done();
    assert.deepEqual(values(), [[1], [1]]);
  });

  it('goes on after an error of what holds the readings', async () => {
    const next = queue.next.bind(queue);
    queue.next = () => {
      throw new Error('disk I/O error');
    };
    write([0, 1, 1]);
    await clock.timerSet();
    assert.equal((failures[0] as Error).message, 'disk I/O error');
    queue.next = next;
    await clock.jump();
    await done();
    assert.deepEqual(values(), [[1]]);
  });

  it('leaves out a series of which nothing is kept any more', async () => {
    write([7, 1, 1], [0, 1, 2]);
    await done();
    assert.deepEqual(values(), [[2]]);
  });
});
