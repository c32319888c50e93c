// Builds dist/: for each node of nodes/ one readable runtime file, one html file with the editor
// script inline and the dialog, its catalogues and its icon. Node-RED reads them from there.

import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as esbuild, type Plugin } from 'esbuild';
import { expandRows } from './dialog-rows.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'nodes');
const dist = join(root, 'dist');
/** Node-RED serves what is there to the pages of dashboards. */
const resources = join(root, 'resources');

/** The palette and config nodes: the folders of nodes/ that have a runtime half. */
export async function nodeNames(): Promise<string[]> {
  const entries = await readdir(source, { withFileTypes: true });
  return entries
    .filter((e) => e.isDirectory() && existsSync(join(source, e.name, 'runtime.ts')))
    .map((e) => e.name)
    .sort();
}

/** Builds everything anew. */
export async function build(): Promise<void> {
  await rm(dist, { recursive: true, force: true });
  await rm(resources, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  const names = await nodeNames();
  await Promise.all([
    // The package is a module, but Node-RED 4.1 on an early Node 22 loads nodes with require().
    writeFile(join(dist, 'package.json'), '{ "type": "commonjs" }\n'),
    cp(join(root, 'icons'), join(dist, 'icons'), { recursive: true }),
    runtimes(names),
    elements(),
    ...workers.map(buildWorker),
    ...packages.map(buildPackage),
    ...names.map((name) => editor(name)),
    catalogues(names),
  ]);
}

// What a runtime uses of another one is in that one's file: it is not built into both.
const otherRuntimes: Plugin = {
  name: 'other runtimes',
  setup(build) {
    build.onResolve({ filter: /\/runtime\.ts$/ }, ({ kind, path }) =>
      kind === 'entry-point' ? null : { path: `./${basename(dirname(path))}.js`, external: true },
    );
  },
};

interface BuiltWorker {
  /** in nodes/: what the thread runs */
  source: string;
  /** in nodes/: the module that says where `source` is, and in the package where `output` is */
  workerFile: string;
  /** in dist/ */
  output: string;
  /** the packages that it has built in the package: each is a file of its own, with its licence */
  packages: string[];
}

/** The threads. Each is a file of its own in the package, beside that of the node. */
const workers: BuiltWorker[] = [
  {
    source: 'protocols/json-http/worker.ts',
    workerFile: 'protocols/json-http/worker-file.ts',
    output: 'device-poll-worker.js',
    // Node-RED's own JSONata cannot be found from here for certain.
    packages: ['jsonata'],
  },
  {
    source: 'protocols/http-check/worker.ts',
    workerFile: 'protocols/http-check/worker-file.ts',
    output: 'device-access-worker.js',
    packages: ['jsonata'],
  },
  {
    source: 'shared/history/store/worker.ts',
    workerFile: 'shared/history/worker-file.ts',
    output: 'history-database-worker.js',
    packages: [],
  },
];

const packages = [...new Set(workers.flatMap((worker) => worker.packages))];
const licenseOf = (name: string) => `${name}-license.txt`;

/** The files of the threads in dist/, and what belongs to them. */
export const workerFiles = [
  ...workers.map(({ output }) => output),
  ...packages.flatMap((name) => [`${name}.js`, licenseOf(name)]),
];

const builtWorkers: Plugin = {
  name: 'built workers',
  setup(build) {
    build.onLoad({ filter: /[\\/]worker-file\.ts$/ }, ({ path }) => {
      const worker = workers.find(({ workerFile }) => join(source, workerFile) === path);
      if (!worker) throw new Error(`${path} has no line in the table of workers`);
      return {
        contents: `export const workerFile = require('node:path').join(__dirname, '${worker.output}');`,
      };
    });
  },
};

async function runtimes(names: string[]) {
  await esbuild({
    entryPoints: Object.fromEntries(names.map((n) => [n, join(source, n, 'runtime.ts')])),
    outdir: dist,
    bundle: true,
    platform: 'node',
    target: 'node22.9',
    format: 'cjs',
    packages: 'external',
    charset: 'utf8',
    logLevel: 'warning',
    // The node's function, which has what other runtimes use of it as properties.
    footer: { js: 'module.exports = Object.assign(module.exports.default, module.exports);' },
    plugins: [otherRuntimes, builtWorkers],
  });
}

/** The files of elements that dashboards show, in resources/. */
export async function elementFiles(): Promise<string[]> {
  const sources = await readdir(join(source, 'elements'));
  return sources.map((file) => `netmon-${file.replace(/\.ts$/, '.js')}`);
}

// A file of each, for any page to load.
async function elements() {
  const folder = join(source, 'elements');
  await esbuild({
    entryPoints: (await readdir(folder)).map((file) => join(folder, file)),
    outdir: resources,
    entryNames: 'netmon-[name]',
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    charset: 'utf8',
    logLevel: 'warning',
  });
}

const builtPackages: Plugin = {
  name: 'built packages',
  setup(build) {
    build.onResolve({ filter: /^[^.]/ }, ({ kind, path }) =>
      kind !== 'entry-point' && packages.includes(path)
        ? { path: `./${path}.js`, external: true }
        : null,
    );
  },
};

/** What the files of threads and packages have in common. */
const alone = {
  bundle: true,
  platform: 'node',
  target: 'node22.9',
  format: 'cjs',
  charset: 'utf8',
  logLevel: 'warning',
} as const;

async function buildWorker({ source: from, output }: BuiltWorker) {
  await esbuild({
    ...alone,
    entryPoints: [join(source, from)],
    outfile: join(dist, output),
    plugins: [builtPackages],
  });
}

async function buildPackage(name: string) {
  await Promise.all([
    esbuild({ ...alone, entryPoints: [name], outfile: join(dist, `${name}.js`) }),
    cp(join(root, 'node_modules', name, 'LICENSE'), join(dist, licenseOf(name))),
  ]);
}

// The editor has each problem's text from its catalogue, so the English ones need not be in it twice.
const keysForTexts: Plugin = {
  name: 'keys for texts',
  setup(build) {
    build.onLoad({ filter: /en-US\/shared\.json$/ }, async ({ path }) => {
      const replace = (key: string, value: unknown) => (typeof value === 'string' ? key : value);
      return { contents: JSON.stringify(await json(path), replace), loader: 'json' };
    });
  },
};

async function editor(name: string) {
  const folder = join(source, name);
  const result = await esbuild({
    entryPoints: [join(folder, 'editor.ts')],
    bundle: true,
    write: false,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    charset: 'utf8',
    logLevel: 'warning',
    plugins: [keysForTexts],
  });
  const script = result.outputFiles[0]!.text.replaceAll('</script', '<\\/script');
  const style = await readFile(join(source, 'shared', 'editor', 'style.css'), 'utf8');
  const dialog = await dialogOf(name);
  await writeFile(
    join(dist, `${name}.html`),
    `<style>\n${style}</style>\n\n<script type="text/javascript">\n${script}</script>\n\n` +
      `<script type="text/html" data-template-name="netmon-${name}">\n${dialog}</script>\n`,
  );
}

/** The dialog of a node, as Node-RED takes it. */
export async function dialogOf(name: string): Promise<string> {
  const read = (file: string) => readFile(join(source, name, file), 'utf8');
  const catalogue = await json(join(root, 'locales', 'en-US', `${name}.json`));
  const { [name]: words } = catalogue as Record<string, Record<string, unknown> | undefined>;
  return expandRows(await read('editor.html'), {
    node: name,
    isConfig: (await read('editor.ts')).includes("category: 'config'"),
    words: words ?? {},
  });
}

async function catalogues(names: string[]) {
  const locales = join(root, 'locales');
  for (const language of await readdir(locales)) {
    const from = join(locales, language);
    const to = join(dist, 'locales', language);
    await mkdir(to, { recursive: true });
    const shared = await json(join(from, 'shared.json'));
    for (const name of names) {
      const own = await json(join(from, `${name}.json`));
      // Each node has a catalogue of its own in Node-RED, so each gets the shared texts.
      await writeFile(join(to, `${name}.json`), `${JSON.stringify({ ...own, shared }, null, 2)}\n`);
      const help = await readFile(join(from, `${name}.html`), 'utf8');
      await writeFile(
        join(to, `${name}.html`),
        `<script type="text/html" data-help-name="netmon-${name}">\n${help}</script>\n`,
      );
    }
  }
}

async function json(path: string): Promise<object> {
  return JSON.parse(await readFile(path, 'utf8')) as object;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
