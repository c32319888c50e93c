// Builds dist/: for each node of nodes/ one readable runtime file, one html file with the editor
// script inline and the dialog, its catalogues and its icon. Plugins of the editor have the same without
// a dialog. Node-RED reads them from there.

import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as esbuild, type Plugin } from 'esbuild';
import { sharedCatalogue } from '../nodes/shared/catalogue-key.ts';
import { expandRows } from './dialog-rows.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'nodes');
const dist = join(root, 'dist');
/** written last */
const whole = join(dist, 'package.json');
const locales = join(root, 'locales');
/** Node-RED serves what is there to the pages of dashboards. */
const resources = join(root, 'resources');

/** The palette and config nodes: the folders of nodes/ that have a runtime half and a dialog. */
export async function nodeNames(): Promise<string[]> {
  return (await runtimeNames()).filter(hasDialog);
}

/** The plugins: the folders of nodes/ that have a runtime half and no dialog. */
export async function pluginNames(): Promise<string[]> {
  return (await runtimeNames()).filter((name) => !hasDialog(name));
}

async function runtimeNames(): Promise<string[]> {
  const entries = await readdir(source, { withFileTypes: true });
  return entries
    .filter((e) => e.isDirectory() && existsSync(join(source, e.name, 'runtime.ts')))
    .map((e) => e.name)
    .sort();
}

function hasDialog(name: string): boolean {
  return existsSync(join(source, name, 'editor.html'));
}

/** The languages that labels, statuses and errors are in: the folders of locales/. */
export async function languages(): Promise<string[]> {
  return (await readdir(locales)).sort();
}

/** The languages that help is in. In the others, Node-RED shows the English one. */
export const helpLanguages = ['en-US', 'de'];

/** Builds everything anew. */
export async function build(): Promise<void> {
  await rm(dist, { recursive: true, force: true });
  await rm(resources, { recursive: true, force: true });
  await mkdir(dist, { recursive: true });
  const [nodes, plugins] = await Promise.all([nodeNames(), pluginNames()]);
  await Promise.all([
    cp(join(root, 'icons'), join(dist, 'icons'), { recursive: true }),
    runtimes([...nodes, ...plugins]),
    elements(),
    ...workers.map(buildWorker),
    ...packages.map(buildPackage),
    ...nodes.map((name) => editor(name)),
    ...plugins.map((name) => pluginEditor(name)),
    catalogues(nodes, plugins),
  ]);
  // The package is a module, but Node-RED 4.1 on an early Node 22 loads nodes with require(). Last: it says that
  // all is there.
  await writeFile(whole, '{ "type": "commonjs" }\n');
}

/** Builds unless what is there is newer than all that it is made of: somebody may be reading it. */
export async function buildWhatIsOld(): Promise<void> {
  const built = await timeOf(whole);
  const made = await Promise.all(
    [
      source,
      locales,
      join(root, 'icons'),
      join(root, 'scripts'),
      join(root, 'package-lock.json'),
    ].map(latestTime),
  );
  if (!(built > Math.max(...made))) await build();
}

/** When a file was written last, ms since the Unix epoch; 0 where there is none. */
async function timeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
}

/** The latest of a file, or of a folder with all in it. */
async function latestTime(path: string): Promise<number> {
  const inside = await readdir(path, { recursive: true }).catch(() => []);
  const times = await Promise.all([path, ...inside.map((name) => join(path, name))].map(timeOf));
  return Math.max(...times);
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
  {
    source: 'shared/history/analyses/worker.ts',
    workerFile: 'shared/history/analyses/worker-file.ts',
    output: 'history-analysis-worker.js',
    packages: [],
  },
  {
    source: 'shared/configurations/versions/worker.ts',
    workerFile: 'shared/configurations/versions/worker-file.ts',
    output: 'configurations-worker.js',
    packages: ['diff'],
  },
  {
    source: 'shared/flows/worker.ts',
    workerFile: 'shared/flows/worker-file.ts',
    output: 'flows-worker.js',
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

// The English texts of problems, once in the package: where Node-RED has them too.
const builtTexts: Plugin = {
  name: 'built texts',
  setup(build) {
    const path = `./locales/en-US/${sharedCatalogue}.json`;
    build.onLoad({ filter: /en-US[\\/]shared\.json$/ }, () => ({
      contents: `module.exports = require('${path}').shared;`,
      loader: 'js',
    }));
    build.onResolve({ filter: /^\.\/locales\// }, () => ({ path, external: true }));
  },
};

const builtResources: Plugin = {
  name: 'built resources',
  setup(build) {
    build.onLoad({ filter: /[\\/]resources-folder\.ts$/ }, () => ({
      contents: `export const resourcesFolder = require('node:path').join(__dirname, '..', 'resources');`,
    }));
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
    plugins: [otherRuntimes, builtWorkers, builtResources, builtTexts],
  });
}

/** The packages that elements have built in. */
const elementPackages = ['preact', 'uplot'];
/** The languages that elements have built in; those of others are in files that they load when they are wanted. */
const elementLanguages = ['en-US', 'de'];

async function furtherLanguages(): Promise<string[]> {
  return (await languages()).filter((language) => !elementLanguages.includes(language));
}

const wordsOf = (language: string) => `netmon-words-${language}.json`;

const furtherLocales: Plugin = {
  name: 'further locales',
  setup(build) {
    build.onLoad({ filter: /[\\/]further-locales\.ts$/ }, async () => ({
      contents: `export const furtherLocales = ${JSON.stringify(await furtherLanguages())};`,
    }));
  },
};

/** The elements: the files of their folder; what they share is in folders below. */
async function elementSources(): Promise<string[]> {
  const sources = await readdir(join(source, 'elements'));
  return sources.filter((file) => file.endsWith('.ts'));
}

/** The files of elements that dashboards show, in resources/, their texts, and the licences of what is built into them. */
export async function elementFiles(): Promise<string[]> {
  const sources = await elementSources();
  const scripts = sources.map((file) => `netmon-${file.replace(/\.ts$/, '.js')}`);
  const words = (await furtherLanguages()).map(wordsOf);
  return [...scripts, ...words, ...elementPackages.map(licenseOf)];
}

// A file of each, for any page to load.
async function elements() {
  const folder = join(source, 'elements');
  for (const name of elementPackages) {
    const installed = dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)));
    await cp(join(installed, 'LICENSE'), join(resources, licenseOf(name)));
  }
  for (const language of await furtherLanguages()) {
    const texts = await json(join(locales, language, 'elements.json'));
    await writeFile(join(resources, wordsOf(language)), JSON.stringify(texts));
  }
  await esbuild({
    entryPoints: (await elementSources()).map((file) => join(folder, file)),
    outdir: resources,
    // Phones load them; the sources are in the repository.
    minify: true,
    loader: { '.css': 'text' },
    entryNames: 'netmon-[name]',
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    charset: 'utf8',
    logLevel: 'warning',
    plugins: [furtherLocales],
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
    plugins: [builtPackages, builtTexts],
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
    build.onLoad({ filter: /en-US[\\/]shared\.json$/ }, async ({ path }) => {
      const replace = (key: string, value: unknown) => (typeof value === 'string' ? key : value);
      return { contents: JSON.stringify(await json(path), replace), loader: 'json' };
    });
  },
};

async function editor(name: string) {
  const style = await readFile(join(source, 'shared', 'editor', 'style.css'), 'utf8');
  const dialog = await dialogOf(name);
  await writeFile(
    join(dist, `${name}.html`),
    `${await page(name, style)}\n` +
      `<script type="text/html" data-template-name="netmon-${name}">\n${dialog}</script>\n`,
  );
}

// A plugin has a style of its own: it comes before those of the nodes, and is none of their dialogs.
async function pluginEditor(name: string) {
  const style = await readFile(join(source, name, 'style.css'), 'utf8');
  await writeFile(join(dist, `${name}.html`), await page(name, style));
}

async function page(name: string, style: string): Promise<string> {
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
  return `<style>\n${style}</style>\n\n<script type="text/javascript">\n${script}</script>\n`;
}

/** The dialog of a node, as Node-RED takes it. */
export async function dialogOf(name: string): Promise<string> {
  const read = (file: string) => readFile(join(source, name, file), 'utf8');
  const catalogue = await json(join(locales, 'en-US', `${name}.json`));
  const { [name]: words } = catalogue as Record<string, Record<string, unknown> | undefined>;
  return expandRows(await read('editor.html'), {
    node: name,
    isConfig: (await read('editor.ts')).includes("category: 'config'"),
    words: words ?? {},
  });
}

async function catalogues(nodes: string[], plugins: string[]) {
  for (const language of await languages()) {
    const from = join(locales, language);
    const to = join(dist, 'locales', language);
    await mkdir(to, { recursive: true });
    const shared = await json(join(from, 'shared.json'));
    for (const name of [...nodes, ...plugins]) {
      const own = await json(join(from, `${name}.json`));
      const texts = name === sharedCatalogue ? { ...own, shared } : own;
      await writeFile(join(to, `${name}.json`), `${JSON.stringify(texts, null, 2)}\n`);
    }
    for (const name of helpLanguages.includes(language) ? nodes : []) {
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
