import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { start } from './program.ts';

/** A server with Prometheus' interfaces, on a port of its own with a folder of its own. */
export class TimeSeriesServer {
  readonly url: string;
  readonly #port: number;
  readonly #program: Program;
  readonly #folder = mkdtempSync(join(tmpdir(), 'netmon-server-'));
  #child: ChildProcess | undefined;

  private constructor(program: Program, port: number) {
    this.#program = program;
    this.#port = port;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** @param target an address to be scraped each second, for Prometheus */
  static async make(program: Program, target?: string): Promise<TimeSeriesServer> {
    const server = new TimeSeriesServer(program, await freePort());
    const job = (address: URL) =>
      `scrape_configs:\n- job_name: netmon\n  metrics_path: ${address.pathname}\n  static_configs:\n  - targets: ['${address.host}']\n`;
    writeFileSync(
      join(server.#folder, 'prometheus.yml'),
      `global:\n  scrape_interval: 1s\n${target === undefined ? '' : job(new URL(target))}`,
    );
    return server;
  }

  /** Resolves once it answers. */
  async start(): Promise<void> {
    this.#child = start(this.#program, programs[this.#program](this.#port, this.#folder));
    while (!(await isReady(`${this.url}/-/ready`))) await wait(50);
  }

  /** Ends it, as a crash does, or a good end. Its folder stays. */
  async stop(signal: 'SIGKILL' | 'SIGTERM' = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** What it says to a query of one time (ms since the Unix epoch): labels, and pairs of s and text. */
  async query(expression: string, time: number): Promise<QueryResult[]> {
    const parameters = new URLSearchParams({ query: expression, time: String(time / 1000) });
    const answer = await fetch(`${this.url}/api/v1/query?${parameters}`);
    const { status, data, error } = (await answer.json()) as {
      status: string;
      data: { result: QueryResult[] };
      error?: string;
    };
    if (status !== 'success') throw new Error(`${expression}: ${error}`);
    return data.result;
  }
}

export interface QueryResult {
  metric: Record<string, string>;
  value?: [number, string];
  values?: [number, string][];
}

type Program = keyof typeof programs;

const programs = {
  prometheus: (port: number, folder: string) => [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--web.enable-remote-write-receiver',
    '--log.level=error',
  ],
  'victoria-metrics': (port: number, folder: string) => [
    `-storageDataPath=${join(folder, 'data')}`,
    `-httpListenAddr=127.0.0.1:${port}`,
    '-search.latencyOffset=0s',
    '-retentionPeriod=1y',
    // It keeps what comes twice twice otherwise.
    '-dedup.minScrapeInterval=1ms',
  ],
};

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
