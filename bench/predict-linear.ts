// What Prometheus itself says by predict_linear, of values that it is given by its own promtool.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../test/support/free-port.ts';
import { endPrograms, isInstalled, pathOf, start } from '../test/support/program.ts';

const hourS = 3600;

/** A line through values: where it is at their end, and how much it rises an hour. */
export interface Line {
  level: number;
  perHour: number;
}

/**
 * Asks Prometheus for the line through all values of each series: hourly ones, each in the middle of its hour.
 * Undefined where Prometheus or promtool is not installed.
 */
export async function predictLinear(series: readonly Float64Array[]): Promise<Line[] | undefined> {
  if (!isInstalled('prometheus') || !isInstalled('promtool')) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'netmon-bench-'));
  const end = Math.floor(Date.now() / 1000 / hourS) * hourS;
  try {
    const [text, config, data] = ['values.txt', 'prometheus.yml', 'data'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    writeFileSync(text, openMetrics(series, end));
    writeFileSync(config, '{}');
    execFileSync(
      pathOf('promtool')!,
      // One block of all is made in one go; one of 2 h each reads the text once a block.
      ['tsdb', 'create-blocks-from', 'openmetrics', '--max-block-duration=1000h', text, data],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const url = `http://127.0.0.1:${await freePort()}`;
    start('prometheus', [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=10y',
      `--web.listen-address=${url.slice(7)}`,
    ]);
    while (!(await fetch(`${url}/-/ready`).catch(() => undefined))?.ok) await wait(100);
    const longest = Math.max(...series.map(({ length }) => length));
    const at = async (seconds: number) => {
      const query = `predict_linear(used[${longest}h], ${seconds})`;
      const asked = new URLSearchParams({ query, time: String(end) }).toString();
      const answer = await fetch(`${url}/api/v1/query?${asked}`);
      const { data: found } = (await answer.json()) as {
        data: { result: { metric: { series: string }; value: [number, string] }[] };
      };
      return new Map(found.result.map(({ metric, value }) => [metric.series, Number(value[1])]));
    };
    const [now, later] = [await at(0), await at(hourS)];
    return series.map((_, i) => {
      const level = now.get(String(i))!;
      return { level, perHour: later.get(String(i))! - level };
    });
  } finally {
    await endPrograms();
    rmSync(folder, { recursive: true, force: true });
  }
}

function openMetrics(series: readonly Float64Array[], end: number): string {
  const lines = ['# TYPE used gauge'];
  for (const [i, values] of series.entries()) {
    for (const [at, value] of values.entries()) {
      lines.push(`used{series="${i}"} ${value} ${end + (at + 0.5 - values.length) * hourS}`);
    }
  }
  return [...lines, '# EOF', ''].join('\n');
}
