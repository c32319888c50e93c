// Everything that must hold before a commit: types, lint and format, the build, and the tests. With
// arguments, only those tests: `npm test -- test/shared/check.test.ts`.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (name: string, ...args: string[]) =>
  execFileSync(join(root, 'node_modules', '.bin', name), args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });

const mocha = (...args: string[]) =>
  run('mocha', '--reporter', 'test/support/reporter.cjs', ...args);

const asked = process.argv.slice(2);
const tests = asked.length > 0 ? asked : ['test/**/*.test.ts'];
const adapterTests = 'test/*/{runtime,discover}.test.ts';

type Step = [string, () => void];
const steps: Step[] = [
  ['Type check', () => run('tsc', '-p', '.')],
  ['Lint', () => run('eslint', '.', '--max-warnings=0')],
  ['Format', () => run('prettier', '--check', '--log-level=warn', '.')],
  ['Build', () => run('node', 'scripts/build.ts')],
  ['Tests', () => mocha(...tests)],
  // The same adapters once more as they are published.
  ...(asked.length > 0
    ? []
    : [
        [
          'Tests of dist',
          () => mocha('--import=./test/support/published.mjs', adapterTests),
        ] as Step,
      ]),
];

for (const [name, step] of steps) {
  console.log(`\n== ${name}`);
  try {
    step();
  } catch {
    console.error(`${name} failed.`);
    process.exit(1);
  }
}
