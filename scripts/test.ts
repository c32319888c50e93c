// Everything that must hold before a commit: the checks, the build, and the tests. With arguments, only
// those tests: `npm test -- test/shared/check.test.ts`.
import { checks, mocha, perform, run, type Step } from './steps.ts';

const asked = process.argv.slice(2);
const tests = asked.length > 0 ? asked : ['test/**/*.test.ts'];
const adapterTests = 'test/*/{runtime,discover}.test.ts';

const all: Step[] = [
  ...checks,
  ['Build', () => run('node', 'scripts/build.ts')],
  ['Tests', () => mocha(...tests)],
];
// The same adapters once more as they are published.
if (asked.length === 0) {
  all.push(['Tests of dist', () => mocha('--import=./test/support/published.mjs', adapterTests)]);
}
perform(all);
