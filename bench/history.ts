// History against other stores, with the same day of readings in one run.
//
// BENCH_SERIES says of how many series; 1,000 take some minutes.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reading } from '../nodes/contract/reading.ts';
import { systemClock } from '../nodes/shared/clock.ts';
import { History } from '../nodes/shared/history/history.ts';
import { openSqlite } from '../nodes/shared/history/store/sqlite.ts';
import { Store } from '../nodes/shared/history/store/store.ts';
import { atOnce } from '../nodes/shared/steps.ts';
import { endPrograms } from '../test/support/program.ts';
import type { Figure } from './figure.ts';
import { polls } from './history-load.ts';
import {
  bytesIn,
  influx,
  type Peer,
  prometheus,
  sqliteTable,
  victoriaMetrics,
} from './history-peers.ts';

const series = Number(process.env.BENCH_SERIES ?? 200);
const day = 86_400_000;
const retention = { ages: { raw: 90 * day, '5m': 365 * day, '1h': 1825 * day }, size: 1e12 };
/** readings that are handed over at a time */
const together = 20_000;

/** Measures all; the peers that are not installed are left out. */
export async function run(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'netmon-bench-'));
  const end = Math.floor(Date.now() / 300_000) * 300_000;
  try {
    // First, while this process is small.
    const small = await memory(folder, end);
    const own = new History({
      ...{ folder: join(folder, 'own'), retention, commitMs: 50, forwards: [], clock: systemClock },
    });
    const peers = [
      sqliteTable(join(folder, 'table')),
      await victoriaMetrics(join(folder, 'victoria')),
      await prometheus(join(folder, 'prometheus')),
      await influx(join(folder, 'influx')),
    ].filter((peer) => peer !== undefined);
    const writing = await writeOwn(own, end);
    for (const peer of peers) await writeTo(peer, end);
    const queries = await compareQueries(own, peers, end);
    await own.close();
    const sizes = await compareSizes(join(folder, 'own'), peers);
    return [...sizes, writing, ...queries, ...(await wear(folder)), small];
  } finally {
    await endPrograms();
    rmSync(folder, { recursive: true, force: true });
  }
}

const count = () => series * (day / 10_000);

/** Polls some at a time, so that the making of them is not measured. */
function* portions(end: number): Generator<Reading[][], void> {
  let some: Reading[][] = [];
  for (const poll of polls(series, end)) {
    some.push(poll);
    if (some.length * series < together) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

/** readings that wait for the disk while more are written */
const mostWaiting = 400_000;

async function writeOwn(own: History, end: number): Promise<Figure> {
  await own.open();
  const all = [...portions(end)].flat();
  const used = process.threadCpuUsage();
  const begin = performance.now();
  const written: Promise<unknown>[] = [];
  for (const poll of all) {
    written.push(own.write(poll));
    if (own.pending > mostWaiting) await written.at(-1);
  }
  await Promise.all(written);
  const { user, system } = process.threadCpuUsage(used);
  const perSecond = count() / ((performance.now() - begin) / 1000);
  const each = ((user + system) * 1000) / count();
  return {
    name: 'History: CPU of Node-RED’s own thread a reading, in ns',
    ratio: each / 250,
    goal: 'at most 250 ns; at least 500,000 readings/s acknowledged from the disk',
    ok: each <= 250 && perSecond >= 500_000,
    detail: `${Math.round(each)} ns; ${Math.round(perSecond).toLocaleString('en-US')} readings/s`,
  };
}

async function writeTo(peer: Peer, end: number): Promise<void> {
  for (const some of portions(end)) await peer.write(some);
}

async function compareSizes(folder: string, peers: readonly Peer[]): Promise<Figure[]> {
  // A history that is closed has some readings in its journal: they become blocks in time.
  const store = new Store(folder, {
    open: await openSqlite(),
    now: Date.now,
    steady: () => performance.now(),
    retention,
  });
  atOnce(store.flush());
  store.close();
  const isRaw = (name: string) => name.endsWith('-raw.db');
  const own = bytesIn(folder, isRaw) / count();
  const all = bytesIn(folder) / count();
  const others: [Peer, number][] = [];
  for (const peer of peers) others.push([peer, (await peer.size()) / count()]);
  return others.map(([{ name }, bytes]) => ({
    name: `History: bytes a reading on the disk against ${name}`,
    ratio: own / bytes,
    goal: 'at most 1.6 bytes, and fewer',
    ok: own <= 1.6 && own < bytes,
    detail: `${own.toFixed(2)} bytes (${all.toFixed(2)} with summaries, journal and a day’s slack) against ${bytes.toFixed(2)}`,
  }));
}

/** the fastest of some, in ms: others work on this machine too */
async function fastest(work: () => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < 7; i++) {
    const begin = performance.now();
    await work();
    best = Math.min(best, performance.now() - begin);
  }
  return best;
}

async function compareQueries(own: History, peers: readonly Peer[], end: number) {
  const [from, to] = [end - day, end];
  const limits = { limit: 1e9, maxSeries: 1e5 };
  const edges = Float64Array.from({ length: 289 }, (_, i) => from + i * 300_000);
  const raw = () =>
    own.read({ metrics: 'latency', labels: 'device=device-2', from, to, ...limits });
  const steps = () =>
    own.read({
      ...{ metrics: 'in_rate', labels: '', from, to, ...limits, edges },
      aggregations: ['average', 'min', 'max'],
    });
  const figures: Figure[] = [];
  for (const [what, mine, device, metric] of [
    ['readings of one device over 24 h', raw, 'device-2', 'latency'],
    ['24 h of a metric in steps of 5 minutes, average, min and max', steps, undefined, 'in_rate'],
  ] as const) {
    const ours = await fastest(mine);
    for (const { name, query } of peers) {
      if (!query) continue;
      const theirs = await fastest(() => query(metric, device, from, to));
      figures.push({
        name: `History: ${what}, against ${name}`,
        ratio: ours / theirs,
        goal: 'at most 0.2',
        ok: ours / theirs <= 0.2,
        detail: `${ours.toFixed(1)} ms against ${theirs.toFixed(1)} ms`,
      });
    }
  }
  return figures;
}

/** Bytes that this process has had written to the disk. */
function written(): number {
  const [, bytes] = /^write_bytes: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))!;
  return Number(bytes);
}

/** What an SD card takes: 300 series every 30 s, so 10 readings/s, over six hours. */
async function wear(folder: string): Promise<Figure[]> {
  if (process.platform !== 'linux') return [];
  const open = await openSqlite();
  const figures: Figure[] = [];
  for (const [seconds, most] of [
    [1, 400],
    [10, 60],
  ] as const) {
    let now = Date.now();
    const store = new Store(join(folder, `wear-${seconds}`), {
      ...{ open, now: () => now, steady: () => performance.now(), retention },
    });
    const begin = now - 6 * 3_600_000;
    const names = Array.from({ length: 300 }, (_, i) => ({
      ...{ metric: 'in_rate', labels: { interface: `port-${i}` }, unit: 'bit/s', info: undefined },
    }));
    const before = written();
    let readings = 0;
    for (let at = begin; at < begin + 6 * 3_600_000; at += seconds * 1000) {
      now = at;
      const places = Array.from({ length: seconds * 10 }, (_, i) => (readings + i) % 300);
      store.append(names, {
        series: places,
        times: Float64Array.from(places, () => at),
        values: Float64Array.from(places, (place) => Math.round(1e6 + place * 1e3 + (at % 7919))),
      });
      readings += places.length;
      if (store.isFlushDue) atOnce(store.flush());
    }
    store.close();
    const each = (written() - before) / readings;
    figures.push({
      name: `History: bytes written to the disk a reading, at 10 readings/s and a commit every ${seconds} s`,
      ratio: each / most,
      goal: `at most ${most} bytes`,
      ok: each <= most,
      detail: `${Math.round(each)} bytes`,
    });
  }
  return figures;
}

/** What 10,000 series take of the process, a reading each, and after an hour of them every 10 s. */
async function memory(folder: string, end: number): Promise<Figure> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const own = new History({
    ...{
      folder: join(folder, 'memory'),
      retention,
      commitMs: 50,
      forwards: [],
      clock: systemClock,
    },
  });
  // The same objects each time: what they take is not the history's.
  const readings = Array.from({ length: 10_000 }, (_, n) => ({
    ...{ metric: 'in_rate', value: n, unit: 'bit/s', time: 0 },
    labels: { device: `device-${n >> 5}`, interface: `port-${n & 31}` },
  }));
  for (let i = 0; i < 60; i++) {
    for (const reading of readings) {
      reading.value += i;
      reading.time = end - 600_000 + i * 10_000;
    }
    await own.write(readings);
  }
  const megabytes = (process.memoryUsage().rss - before) / 1e6;
  await own.close();
  return {
    name: 'History: memory of 10,000 series',
    ratio: megabytes / 100,
    goal: 'at most 100 MB',
    ok: megabytes <= 100,
    detail: `${Math.round(megabytes)} MB`,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, ratio, goal, ok, detail } of await run()) {
    console.log(`${ok ? 'yes' : 'NO '} ${ratio.toFixed(2)} ${name} (${goal}): ${detail}`);
  }
}
