import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../../nodes/shared/clock.ts';
import { History } from '../../../nodes/shared/history/history.ts';
import { Store } from '../../../nodes/shared/history/store/store.ts';
import { tiers } from '../../../nodes/shared/history/store/tier.ts';
import { root } from '../../support/red.ts';
import { readingOf, written } from '../../support/written-history.ts';

/** at some moment while readings are written */
const kills = 20;
/** through all steps of writing, making blocks, retention and a copy */
const rounds = 3;

/** Numbers that look random and are the same each time (Park and Miller 1988). */
function* numbers(): Generator<number, never> {
  for (let n = 20_261_128; ; n = (n * 48_271) % 2_147_483_647) yield n;
}

describe('a history whose process is killed', function () {
  this.timeout(600_000);
  let folder: string;
  let cache: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'netmon-history-'));
  });

  before(() => {
    cache = mkdtempSync(join(tmpdir(), 'netmon-cache-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  after(() => rmSync(cache, { recursive: true, force: true }));

  /** Starts a script of test/support, whose lines are what it says. */
  function start(script: string, args: readonly (string | number)[]) {
    const path = join(root, 'test', 'support', script);
    const child = spawn(process.execPath, [path, ...args.map(String)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
    });
    return { child, exited: once(child, 'exit'), lines: createInterface({ input: child.stdout }) };
  }

  /** Writes from a number on; killed after so many acknowledgements. Resolves to what was acknowledged. */
  async function writeUntilKilled(
    now: number,
    first: number,
    acknowledgements: number,
    batches = Infinity,
  ): Promise<number> {
    const { child, exited, lines } = start('history-writer.ts', [folder, now, first, batches]);
    let acknowledged = first;
    let count = 0;
    for await (const line of lines) {
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
    const now = Date.now();
    const { begin, retention } = written(now);
    const lost: [number, number][] = [];
    // It starts often: once to its end, after which it starts faster.
    let next = await writeUntilKilled(now, 0, Infinity, 1);
    for (let i = 0; i < kills; i++) {
      const acknowledged = await writeUntilKilled(now, next, 1 + (random.next().value % 20));
      assert.ok(acknowledged > next);
      // What was under way may be there or not: the next one leaves it out.
      next = acknowledged + 5000;
      lost.push([acknowledged, next]);
    }
    const told: (Error | undefined)[] = [];
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

  it('has all that was kept, once, after kills before each step of a flush, retention and a copy', async () => {
    const now = Date.UTC(2026, 6, 1, 12);
    const { begin, retention } = written(now);
    const open = (where: string) =>
      new Store(where, {
        open: (path) => new DatabaseSync(path),
        now: () => now,
        steady: () => performance.now(),
        retention,
      });
    const recent = (store: Store) => [...store.series].filter(({ metric }) => metric === 'recent');
    const found = (store: Store) =>
      recent(store).flatMap((series) => Array.from(store.raw(series, begin, now).values));
    const kept = join(folder, 'kept');
    const killedIn: Record<string, number> = {};
    const copies: { copy: string; before: number }[] = [];
    const lost: [number, number][] = [];
    const expected = (before: number) =>
      Array.from({ length: before }, (_, number) => number).filter(
        (number) =>
          readingOf(number, begin).metric === 'recent' &&
          !lost.some(([from, to]) => number >= from && number < to),
      );
    let next = 0;
    for (let round = 0, step = 1; round < rounds; step++) {
      const copy = join(folder, 'copies', String(copies.length));
      const { exited, lines } = start('history-steps.ts', [kept, copy, now, next, step]);
      let doing = '';
      for await (const line of lines) {
        const [what, value] = line.split(' ');
        if (what === 'kept') next = Number(value);
        else doing = what!;
      }
      const [code, signal] = await exited;
      copies.push({ copy, before: next });
      if (signal === 'SIGKILL') {
        killedIn[doing] = (killedIn[doing] ?? 0) + 1;
        // What was under way may be there or not: the next one leaves it out.
        lost.push([next, next + 1000]);
        next += 1000;
        continue;
      }
      // All its steps are before this one.
      assert.deepEqual([code, doing], [0, 'steps']);
      step = 0;
      round++;
    }
    const total = Object.values(killedIn).reduce((sum, count) => sum + count, 0);
    assert.ok(total + kills >= 100, JSON.stringify(killedIn));
    for (const phase of ['open', 'write', 'flush', 'sweep', 'backup']) {
      assert.ok(killedIn[phase]! >= rounds, `${phase}: ${JSON.stringify(killedIn)}`);
    }
    const store = open(kept);
    const all = found(store);
    assert.equal(new Set(all).size, all.length, 'once');
    assert.deepEqual(
      expected(next).filter((number) => !all.includes(number)),
      [],
    );
    // Summaries tell the same.
    Array.from(store.flush());
    for (const tier of [tiers['5m'], tiers['1h']]) {
      const counted = recent(store)
        .flatMap((series) => store.summaries(series, tier, begin - tier.step, now))
        .reduce((sum, { count }) => sum + count, 0);
      assert.equal(counted, all.length);
    }
    store.close();
    // A copy that has its name is whole.
    let whole = 0;
    for (const { copy, before } of copies) {
      const [name] = existsSync(copy) ? readdirSync(copy) : [];
      if (!name || name.endsWith('.part')) continue;
      whole++;
      const copied = open(join(copy, name));
      const there = new Set(found(copied));
      assert.deepEqual(
        expected(before).filter((number) => !there.has(number)),
        [],
        copy,
      );
      copied.close();
    }
    assert.ok(whole >= rounds);
  });
});
