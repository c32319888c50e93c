// What the checks and the tests are made of: one list for `npm run check`, `npm run test:unit` and
// `npm test`.
import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A name for the log, and what to do; it throws where something does not hold. */
export type Step = [name: string, perform: () => void];

/** Runs a program of node_modules/.bin in the repository; throws where it fails. */
export function run(name: string, ...args: string[]): void {
  execFileSync(join(root, 'node_modules', '.bin', name), args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}

/**
 * Runs tests, some files at once, with the closing line that CI reads: one more than there are
 * processors, for most wait more than they compute.
 */
export function mocha(...args: string[]): void {
  const jobs = String(availableParallelism() + 1);
  run('mocha', '--parallel', '--jobs', jobs, '--reporter', 'test/support/reporter.cjs', ...args);
}

/** What holds without running anything. */
export const checks: Step[] = [
  ['Type check', () => run('tsc', '-p', '.')],
  // Each half once more, with no more than there is where it runs.
  ['Type check of the editor half', () => run('tsc', '-p', 'tsconfig.editor.json')],
  ['Type check of the runtime half', () => run('tsc', '-p', 'tsconfig.runtime.json')],
  ['Lint', () => run('eslint', '.', '--max-warnings=0')],
  ['Format', () => run('prettier', '--check', '--log-level=warn', '.')],
  ['Unused exports and packages', () => run('knip')],
];

/** The tests that need more than this thread: a Node-RED, a browser, npm, programs or other threads. */
export const outsideTests = [
  'test/{browser,examples,package,runtime}/**',
  'test/**/{runtime,discover}.test.ts',
  'test/protocols/ntp/chronyd.test.ts',
  'test/protocols/snmp/{snmpd,snmpsim}.test.ts',
  'test/protocols/ping/network.test.ts',
  'test/protocols/json-http/answer-worker.test.ts',
  'test/protocols/http-check/condition-thread.test.ts',
  'test/config-access/{dropbear,http,openssh,ssh}.test.ts',
  'test/config-watch/over-ssh.test.ts',
  'test/shared/configurations/versions/{kill,thread}.test.ts',
  'test/shared/flows/nfdump.test.ts',
  'test/shared/history/{disk,history,kill}.test.ts',
  'test/shared/history/{remote-read,remote-write}/servers.test.ts',
  'test/alert-manager/alertmanager.test.ts',
  'test/history-database/grafana.test.ts',
];

/** Takes the steps in turn; ends this process with code 1 at the first that fails. */
export function perform(steps: Step[]): void {
  for (const [name, step] of steps) {
    console.log(`\n== ${name}`);
    try {
      step();
    } catch {
      console.error(`${name} failed.`);
      process.exit(1);
    }
  }
}
