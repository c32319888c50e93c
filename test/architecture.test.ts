import assert from 'node:assert/strict';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { circles, type Import, importsIn, importsOf, reached } from './support/import-graph.ts';
import { root } from './support/red.ts';

// A file belongs to the first layer whose pattern it matches. What the pattern matches is its unit: within
// a unit all may import all, beyond it only what the layer may import.
const layers: { name: string; unit: RegExp; imports: string[] }[] = [
  { name: 'contract', unit: /^contract\//, imports: [] },
  { name: 'shared', unit: /^shared\//, imports: ['contract'] },
  {
    name: 'protocol contract',
    unit: /^protocols\/(protocol|expressions|field-set|interface-choice|sample)\.ts/,
    imports: ['contract', 'shared', 'protocol contract'],
  },
  {
    name: 'several protocols',
    unit: /^protocols\/(if-mib|network|service-check|thread|web)\//,
    imports: ['contract', 'shared', 'protocol contract', 'several protocols'],
  },
  {
    name: 'protocol',
    unit: /^protocols\/[^/]+\//,
    imports: ['contract', 'shared', 'protocol contract', 'several protocols'],
  },
  {
    name: 'registries',
    unit: /^protocols\//,
    imports: ['contract', 'shared', 'protocol contract', 'several protocols', 'protocol'],
  },
  {
    name: 'node',
    unit: /^[^/]+\//,
    imports: [
      ...['contract', 'shared'],
      ...['protocol contract', 'several protocols', 'protocol', 'registries'],
    ],
  },
];

/** What the adapters share: it knows Node-RED as they do. */
const sharedAdapters = [
  'adapter',
  'admin-route',
  'credential-secret',
  'element-route',
  'flows-started',
  'history-node',
  'http-server',
  'in-flows',
  'paced-status',
  'register-node',
  'told-device-lists',
  'translate',
].map((name) => `shared/red/${name}.ts`);

const isRuntime = (file: string) => /\/runtime\.ts$/.test(file);
/** A part of a runtime adapter, such as a route of its dialog's. */
const isRuntimePart = (file: string) => /\/runtime-[\w-]+\.ts$/.test(file);
const isEditor = (file: string) => /\/editor(-[\w-]+)?\.ts$|\/editor\//.test(file);
/** What knows Node-RED; all else is domain. */
const isAdapter = (file: string) =>
  isRuntime(file) || isRuntimePart(file) || isEditor(file) || sharedAdapters.includes(file);
const isFile = (name: string) => name.endsWith('.ts');

// What breaks a rule today, to be mended: remove a line once it holds. None is to be added.

const otherUnits = [
  'device-poll/editor-mapping.ts -> device-access/config.ts',
  'device-poll/editor.ts -> device-access/config.ts',
  'device-poll/editor.ts -> device-access/edited-access.ts',
  'device-poll/runtime-try-out.ts -> device-access/runtime.ts',
  'device-poll/runtime.ts -> device-access/runtime.ts',
  'device-poll/try-out.ts -> device-access/edited-access.ts',
];

// A node that uses a config node names the type of it.
const importedRuntimes = [
  'device-poll/runtime-try-out.ts -> device-access/runtime.ts',
  'device-poll/runtime.ts -> device-access/runtime.ts',
];

/** The layer of a file, and its unit. */
function placeOf(file: string) {
  for (const layer of layers) {
    const [unit] = layer.unit.exec(file) ?? [];
    if (unit !== undefined) return { layer, unit };
  }
  throw new Error(`${file} is in no layer`);
}

function leavesItsLayer({ from, to }: Import): boolean {
  const [source, target] = [placeOf(from), placeOf(to)];
  return source.unit !== target.unit && !source.layer.imports.includes(target.layer.name);
}

describe('the imports of nodes/', () => {
  let imports: Import[];
  let files: string[];

  /** The arrows that break a rule, as texts, each once and sorted. */
  const breaking = (breaks: (one: Import) => boolean) =>
    [...new Set(imports.filter(breaks).map(({ from, to }) => `${from} -> ${to}`))].sort();

  before(async () => {
    imports = await importsIn(join(root, 'nodes'));
    files = [...new Set(imports.map(({ from }) => from))];
  });

  it('go from a node to what is shared, and from there to the contract, never back or across', () => {
    assert.deepEqual(
      breaking((one) => isFile(one.to) && leavesItsLayer(one)),
      otherUnits,
    );
  });

  it('never lead to a runtime adapter', () => {
    assert.deepEqual(
      breaking(({ to }) => isRuntime(to)),
      importedRuntimes,
    );
  });

  it('never lead from the domain to an adapter or to Node-RED', () => {
    assert.deepEqual(
      breaking(({ from, to }) => !isAdapter(from) && (isAdapter(to) || to === 'node-red')),
      [],
    );
  });

  it('never lead from the runtime half to the editor', () => {
    assert.deepEqual(
      breaking(({ from, to }) => !isEditor(from) && isEditor(to)),
      [],
    );
  });

  it('never lead from the editor half to a runtime adapter, to Node-RED or to Node', () => {
    const kept = imports.filter(({ isType }) => !isType);
    const wrong = files
      .filter(isEditor)
      .flatMap((editor) =>
        [...reached(kept, editor)]
          .filter(
            (name) =>
              isRuntime(name) || isRuntimePart(name) || name === 'node-red' || isBuiltin(name),
          )
          .map((name) => `${editor} ... ${name}`),
      );
    assert.deepEqual(wrong, []);
    assert.deepEqual(
      breaking(({ from, to }) => isEditor(from) && (isRuntime(to) || isRuntimePart(to))),
      [],
    );
  });

  it('go in no circle', () => {
    assert.deepEqual(circles(imports), []);
  });
});

describe('the import graph', () => {
  it('knows each kind of import', () => {
    const text = `
      import a from 'a';
      import './b.ts';
      import type { C } from '../c.ts';
      import { type D } from './d/d.ts';
      export { e } from './e.ts';
      export type * from './f.ts';
      const g = () => import('node:g');
      type H = import('./h.ts').H;
      const i = "import x from './i.ts'"; // import y from './i.ts'
    `;
    assert.deepEqual(
      importsOf('folder/x.ts', text).map(({ to, isType }) => [to, isType]),
      [
        ['a', false],
        ['folder/b.ts', false],
        ['c.ts', true],
        // It stays, with nothing in its braces.
        ['folder/d/d.ts', false],
        ['folder/e.ts', false],
        ['folder/f.ts', true],
        ['node:g', false],
        ['folder/h.ts', true],
      ],
    );
  });

  it('finds circles of any length, each once', () => {
    const arrows = ['a b', 'b c', 'c a', 'c d', 'd d', 'e a', 'e f'].map((arrow) => {
      const [from, to] = arrow.split(' ') as [string, string];
      return { from, to, isType: false };
    });
    assert.deepEqual(circles(arrows), [['a', 'b', 'c'], ['d']]);
  });
});
