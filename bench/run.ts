// Runs all benchmarks and prints their ratios as a Markdown table. It fails where a goal is missed.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus, release, totalmem, type } from 'node:os';
import { build } from '../scripts/build.ts';
import { run as alertManager } from './alert-manager.ts';
import { run as availability } from './availability.ts';
import { run as configurations } from './configurations.ts';
import { run as correlate } from './correlate.ts';
import { run as dashboard } from './dashboard.ts';
import { run as flows } from './flows.ts';
import { run as history } from './history.ts';
import { run as hostile } from './hostile.ts';
import { run as mail } from './mail.ts';
import { run as poll } from './poll.ts';
import { run as rules } from './rules.ts';
import { run as snmp } from './snmp.ts';
import { run as snmpLarge } from './snmp-large.ts';
import { run as startup } from './startup.ts';
import { run as threshold } from './threshold.ts';
import { run as trends } from './trends.ts';

const { resolve } = createRequire(import.meta.url);

async function version(name: string): Promise<string> {
  const json = await readFile(resolve(`${name}/package.json`), 'utf8');
  return `${name} ${(JSON.parse(json) as { version: string }).version}`;
}

await build();
const processors = cpus();
const versions = await Promise.all(['node-red', 'undici', 'net-snmp'].map(version));
console.log(`
${new Date().toISOString().slice(0, 10)}: ${processors.length} × ${processors[0]?.model ?? 'unknown'}, \
${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${type()} ${release()}, Node.js ${process.versions.node}, \
${versions.join(', ')}

| what | ratio | goal | met | figures |
|---|---|---|---|---|`);
for (const bench of [
  history,
  availability,
  configurations,
  correlate,
  dashboard,
  flows,
  poll,
  hostile,
  snmp,
  snmpLarge,
  threshold,
  rules,
  alertManager,
  mail,
  trends,
  startup,
]) {
  for (const { name, ratio, goal, ok, detail } of await bench()) {
    console.log(`| ${name} | ${ratio.toFixed(2)} | ${goal} | ${ok ? 'yes' : 'no'} | ${detail} |`);
    if (!ok) process.exitCode = 1;
  }
}
