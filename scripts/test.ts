// Everything that must hold before a commit: types, lint and format, the build, and the tests.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const run = (name: string, ...args: string[]) =>
  execFileSync(bin(name), args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });

const steps: [string, () => void][] = [
  ['Type check', () => run('tsc', '-p', '.')],
  [
    'Lint and format',
    () => (
      run('eslint', '.', '--max-warnings=0'),
      run('prettier', '--check', '--log-level=warn', '.')
    ),
  ],
  ['Build', () => run('node', 'scripts/build.ts')],
  [
    'Tests',
    () => run('mocha', '--reporter', 'test/support/reporter.cjs', ...process.argv.slice(2)),
  ],
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
