// Sees whether what is here can be released, and prints how. It neither tags nor publishes.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  elementFiles,
  helpLanguages,
  languages,
  nodeNames,
  pluginNames,
  workerFiles,
} from './build.ts';
import { exampleFiles } from './example-flows.ts';
import {
  type Contents,
  contentsProblems,
  expectedPaths,
  packedOf,
  sourceProblems,
} from './releasable.ts';
import { run } from './steps.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const output = (command: string, ...args: string[]) =>
  execFileSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    // What it tells beside its output, such as that of the build, is for whoever looks on.
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });

const { name, version } = JSON.parse(read('package.json')) as { name: string; version: string };
const tag = `v${version}`;

/** Tells what is wrong, and ends. */
function stopAt(problems: string[]): void {
  if (problems.length === 0) return;
  for (const problem of problems) console.error(`- ${problem}`);
  console.error(`${name} ${version} cannot be released.`);
  process.exit(1);
}

const source = () =>
  sourceProblems({
    version,
    lockedVersion: (JSON.parse(read('package-lock.json')) as { version: string }).version,
    changelog: read('CHANGELOG.md'),
    status: output('git', 'status', '--porcelain'),
    tags: output('git', 'tag', '--list').split(/\r?\n/),
  });

stopAt(source());

try {
  run('node', 'scripts/test.ts');
} catch {
  stopAt(['The tests do not pass.']);
}
// The tests write nothing that is kept.
stopAt(source());

const contents: Contents = {
  nodes: await nodeNames(),
  plugins: await pluginNames(),
  workerFiles,
  elementFiles: await elementFiles(),
  languages: await languages(),
  helpLanguages,
  icons: readdirSync(join(root, 'icons')),
  examples: [...exampleFiles(join(root, 'examples')).values()],
};
const { paths, size } = packedOf(output('npm', 'pack', '--dry-run', '--json'));
stopAt(contentsProblems(paths, expectedPaths(contents)));

console.log(`
${name} ${version} can be released: ${paths.length} files, ${size} bytes packed.

  git tag --annotate ${tag} --message ${tag}
  git push origin ${tag}
  npm publish --access public
`);
