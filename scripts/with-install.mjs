// Runs a TypeScript script on the project's own Node, installing it and the rest first where the
// lock file has changed. Plain JavaScript, because the Node that starts it may be an older one.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const node = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

if (await install()) run(process.argv.slice(2));

/** Whether all that is needed is there. */
async function install() {
  const packages = readFileSync(join(root, 'package-lock.json'));
  const stamp = join(root, 'node_modules', '.netmon-installed');
  const lock = createHash('sha256')
    .update(packages)
    .update(process.platform + process.arch)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock && existsSync(node)) return true;
  const isForHere = ({ os = [process.platform], cpu = [process.arch] }) =>
    os.includes(process.platform) && cpu.includes(process.arch);
  const paths = Object.entries(JSON.parse(packages).packages)
    .filter(([path, entry]) => path !== '' && isForHere(entry))
    .map(([path]) => path);
  console.log(`Installing ${paths.length} packages, the first time for some minutes ...`);
  const npm = spawn('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  const stopTelling = tellProgress(paths);
  const [code] = await once(npm, 'exit');
  stopTelling();
  if (code !== 0) {
    process.exitCode = code ?? 1;
    return false;
  }
  writeFileSync(stamp, lock);
  return true;
}

// npm first loads all packages and then puts them in place. It says nothing of either where its output is no
// terminal, so how long it takes is told until there is something to count.
function tellProgress(paths) {
  const begin = performance.now();
  const timer = setInterval(() => {
    const seconds = Math.round((performance.now() - begin) / 1000);
    const there = paths.filter((path) => existsSync(join(root, path, 'package.json'))).length;
    const part = there === 0 ? 'loading them' : `${there} of ${paths.length} are in place`;
    console.log(`  ${seconds} s: ${part}`);
  }, 10_000);
  return () => clearInterval(timer);
}

function run([script, ...args]) {
  const child = spawn(node, [join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: bin + delimiter + process.env.PATH },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  // npm hands a signal to the shell between us, which ends and leaves us behind without a word.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500).unref();
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}
