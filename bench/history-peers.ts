// Other stores that take the same readings: a table of SQLite, Prometheus, VictoriaMetrics, InfluxDB.
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { type Reading, seriesKey } from '../nodes/contract/reading.ts';
import { snappy } from '../nodes/shared/history/remote-write/snappy.ts';
import {
  encodeLabels,
  encodeWriteRequest,
  type RemoteSeries,
} from '../nodes/shared/history/remote-write/write-request.ts';
import { freePort } from '../test/support/free-port.ts';
import { isInstalled, start } from '../test/support/program.ts';

export interface Peer {
  name: string;
  /** Takes polls in order, some at a time. */
  write(polls: Reading[][]): Promise<void>;
  /** bytes on the disk once all is written */
  size(): Promise<number>;
  /** Reads series of a metric: as they are, or in steps of 5 minutes with average, min and max. */
  query?: (metric: string, device: string | undefined, from: number, to: number) => Promise<number>;
}

/** Bytes of the files in a folder and those within. */
export function bytesIn(folder: string, counts: (name: string) => boolean = () => true): number {
  return readdirSync(folder, { recursive: true })
    .filter((name) => counts(String(name)))
    .map((name) => statSync(join(folder, String(name)), { throwIfNoEntry: false }))
    .reduce((sum, file) => sum + (file?.isFile() ? file.size : 0), 0);
}

/** What somebody would do without a time series store. */
export function sqliteTable(folder: string): Peer {
  mkdirSync(folder);
  const path = join(folder, 'table.db');
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE series (id INTEGER PRIMARY KEY, key TEXT UNIQUE, metric TEXT, device TEXT);
    CREATE TABLE reading (series INTEGER, time INTEGER, value REAL, PRIMARY KEY (series, time))
      WITHOUT ROWID;`);
  const ids = new Map<string, number>();
  const addSeries = database.prepare('INSERT INTO series (key, metric, device) VALUES (?, ?, ?)');
  const add = database.prepare('INSERT INTO reading VALUES (?, ?, ?)');
  const raw = database.prepare(
    `SELECT series, time, value FROM reading JOIN series ON series.id = series
     WHERE metric = ? AND device = ? AND time >= ? AND time < ?`,
  );
  const steps = database.prepare(
    `SELECT series, time / 300000, avg(value), min(value), max(value)
     FROM reading JOIN series ON series.id = series
     WHERE metric = ? AND time >= ? AND time < ? GROUP BY 1, 2`,
  );
  return {
    name: 'a SQLite table',
    write(polls) {
      database.exec('BEGIN');
      for (const { metric, labels, time, value } of polls.flat()) {
        const key = seriesKey(metric, labels);
        let id = ids.get(key);
        if (id === undefined) {
          id = Number(addSeries.run(key, metric, labels.device!).lastInsertRowid);
          ids.set(key, id);
        }
        add.run(id, time, value);
      }
      database.exec('COMMIT');
      return Promise.resolve();
    },
    size() {
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return Promise.resolve(bytesIn(folder));
    },
    query: (metric, device, from, to) =>
      Promise.resolve(
        (device === undefined ? steps.all(metric, from, to) : raw.all(metric, device, from, to))
          .length,
      ),
  };
}

async function ready(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await wait(100);
  }
}

async function post(
  url: string,
  body?: string | Uint8Array<ArrayBuffer>,
  headers?: Record<string, string>,
): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    ...(body !== undefined && { body }),
    ...(headers && { headers }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${text}`);
  return text;
}

/** Encodes polls as one remote write, each series' samples together. */
function remoteWriter(url: string): Peer['write'] {
  const labels = new Map<string, Uint8Array>();
  return async (polls) => {
    const bySeries = new Map<string, RemoteSeries & { times: number[]; values: number[] }>();
    for (const reading of polls.flat()) {
      const key = seriesKey(reading.metric, reading.labels);
      let encoded = labels.get(key);
      if (!encoded) labels.set(key, (encoded = encodeLabels(reading, {})));
      let one = bySeries.get(key);
      if (!one) bySeries.set(key, (one = { labels: encoded, times: [], values: [] }));
      one.times.push(reading.time);
      one.values.push(reading.value);
    }
    await post(url, snappy(encodeWriteRequest(bySeries.values())), {
      'content-type': 'application/x-protobuf',
      'content-encoding': 'snappy',
      'x-prometheus-remote-write-version': '0.1.0',
    });
  };
}

/** Debian's prometheus as a receiver; undefined where it is not installed. */
export async function prometheus(folder: string): Promise<Peer | undefined> {
  if (!isInstalled('prometheus')) return undefined;
  mkdirSync(folder);
  const config = join(folder, 'prometheus.yml');
  const data = join(folder, 'data');
  writeFileSync(config, '{}');
  const url = `http://127.0.0.1:${await freePort()}`;
  start('prometheus', [
    `--config.file=${config}`,
    `--storage.tsdb.path=${data}`,
    `--web.listen-address=${url.slice(7)}`,
    '--web.enable-remote-write-receiver',
    '--web.enable-admin-api',
    '--query.max-samples=100000000',
  ]);
  await ready(`${url}/-/ready`);
  const seconds = (ms: number) => (ms / 1000).toFixed(3);
  return {
    name: 'Prometheus',
    write: remoteWriter(`${url}/api/v1/write`),
    async size() {
      const { data: made } = JSON.parse(await post(`${url}/api/v1/admin/tsdb/snapshot`)) as {
        data: { name: string };
      };
      return bytesIn(join(data, 'snapshots', made.name));
    },
    async query(metric, device, from, to) {
      const ask = async (path: string, query: Record<string, string>) => {
        const answer = await fetch(`${url}${path}?${new URLSearchParams(query).toString()}`);
        return ((await answer.json()) as { data: { result: { values: unknown[] }[] } }).data.result;
      };
      const span = { start: seconds(from + 300_000), end: seconds(to), step: '300' };
      const results =
        device === undefined
          ? await Promise.all(
              ['avg', 'min', 'max'].map((name) =>
                ask('/api/v1/query_range', { query: `${name}_over_time(${metric}[5m])`, ...span }),
              ),
            )
          : [
              await ask('/api/v1/query', {
                query: `${metric}{device="${device}"}[${Math.round((to - from) / 1000)}s]`,
                time: seconds(to),
              }),
            ];
      return results[0]!.reduce((sum, { values }) => sum + values.length, 0);
    },
  };
}

/** Debian's victoria-metrics; undefined where it is not installed. */
export async function victoriaMetrics(folder: string): Promise<Peer | undefined> {
  if (!isInstalled('victoria-metrics')) return undefined;
  const url = `http://127.0.0.1:${await freePort()}`;
  start('victoria-metrics', [`-storageDataPath=${folder}`, `-httpListenAddr=${url.slice(7)}`]);
  await ready(`${url}/health`);
  return {
    name: 'VictoriaMetrics',
    write: remoteWriter(`${url}/api/v1/write`),
    async size() {
      await fetch(`${url}/internal/force_flush`);
      await fetch(`${url}/internal/force_merge`);
      return bytesIn(join(folder, 'data')) + bytesIn(join(folder, 'indexdb'));
    },
  };
}

/** Debian's influxdb; undefined where it is not installed. */
export async function influx(folder: string): Promise<Peer | undefined> {
  if (!isInstalled('influxd')) return undefined;
  const [http, rpc] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${http}`;
  start('influxd', ['run', '-config', '/dev/null'], {
    INFLUXDB_META_DIR: join(folder, 'meta'),
    INFLUXDB_DATA_DIR: join(folder, 'data'),
    INFLUXDB_DATA_WAL_DIR: join(folder, 'wal'),
    INFLUXDB_HTTP_BIND_ADDRESS: `127.0.0.1:${http}`,
    INFLUXDB_BIND_ADDRESS: `127.0.0.1:${rpc}`,
    INFLUXDB_REPORTING_DISABLED: 'true',
    INFLUXDB_DATA_CACHE_SNAPSHOT_WRITE_COLD_DURATION: '1s',
  });
  await ready(`${url}/ping`);
  await post(`${url}/query?q=${encodeURIComponent('CREATE DATABASE bench')}`);
  return {
    name: 'InfluxDB',
    async write(polls) {
      const lines = polls
        .flat()
        .map(
          ({ metric, labels, time, value }) =>
            `${metric},device=${labels.device!},interface=${labels.interface!} value=${value} ${time}`,
        );
      await post(`${url}/write?db=bench&precision=ms`, lines.join('\n'));
    },
    async size() {
      // Its log is empty once all is in its files.
      for (let before = -1; before !== bytesIn(folder);) {
        before = bytesIn(folder);
        await wait(3000);
      }
      return bytesIn(join(folder, 'data'));
    },
  };
}
