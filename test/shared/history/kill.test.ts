import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { systemClock } from '../../../nodes/shared/clock.ts';
import { History } from '../../../nodes/shared/history/history.ts';
import { readingOf, written } from '../../support/written-history.ts';
import { root } from '../../support/red.ts';

const kills = 100;

/** Numbers that look random and are the same each time (Park and Miller 1988). */
function* numbers(): Generator<number, never> {
  for (let n = 20_261_128; ; n = (n * 48_271) % 2_147_483_647) yield n;
}

describe('a history whose process is killed', function () {
  this.timeout(600_000);
  let folder: string;
  let cache: string;
  const now = Date.now();
  const { begin, retention } = written(now);

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'netmon-history-'));
    cache = mkdtempSync(join(tmpdir(), 'netmon-cache-'));
  });

  after(() => {
    for (const path of [folder, cache]) rmSync(path, { recursive: true, force: true });
  });

  /** Writes from a number on; killed after so many acknowledgements. Resolves to what was acknowledged. */
  async function writeUntilKilled(
    first: number,
    acknowledgements: number,
    batches = Infinity,
  ): Promise<number> {
    const script = join(root, 'test', 'support', 'history-writer.ts');
    const child = spawn(process.execPath, [script, folder, ...[now, first, batches].map(String)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
    });
    const exited = once(child, 'exit');
    let acknowledged = first;
    let count = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      const [from, to] = line.split(' ').map(Number) as [number, number];
      assert.equal(from, acknowledged);
      acknowledged = to;
      if (++count >= acknowledgements) child.kill('SIGKILL');
    }
    await exited;
    return acknowledged;
  }

  it(`has all that was acknowledged, once, after ${kills} kills`, async () => {
    const random = numbers();
    const lost: [number, number][] = [];
    // It starts a hundred times: once to its end, after which it starts faster.
    let next = await writeUntilKilled(0, Infinity, 1);
    for (let i = 0; i < kills; i++) {
      const acknowledged = await writeUntilKilled(next, 1 + (random.next().value % 60));
      assert.ok(acknowledged > next);
      // What was under way may be there or not: the next one leaves it out.
      next = acknowledged + 5000;
      lost.push([acknowledged, next]);
    }
    const told: Error[] = [];
    const history = new History({
      ...{ folder, retention, commitMs: 10, forwards: [], clock: systemClock },
      tell: (problem) => told.push(problem),
    });
    const asked = { metrics: 'recent', labels: '', from: begin, to: now };
    const limits = { limit: 1e7, maxSeries: 100 };
    const raw = await history.read({ ...asked, ...limits });
    const found = raw.series.flatMap(({ columns }) => Array.from(columns.value!));
    const kept = new Set(found);
    assert.equal(kept.size, found.length, 'once');
    for (let number = 0; number < next; number++) {
      const reading = readingOf(number, begin);
      const isLost = lost.some(([from, to]) => number >= from && number < to);
      if (!isLost && reading.metric === 'recent') assert.ok(kept.has(number), `${number}`);
    }
    // Summaries tell the same.
    const edges = Float64Array.of(begin, now);
    const { series } = await history.read({ ...asked, ...limits, edges, aggregations: ['count'] });
    const counted = series.reduce((sum, { columns }) => sum + columns.count![0]!, 0);
    assert.equal(counted, found.length);
    assert.deepEqual(told, []);
    await history.close();
  });
});
