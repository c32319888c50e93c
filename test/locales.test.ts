import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { dialogOf, helpLanguages, languages, nodeNames, pluginNames } from '../scripts/build.ts';
import { root } from './support/red.ts';

/** The texts of a catalogue file by their whole keys, such as `chart-data.label.name`. */
async function texts(language: string, name: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const walk = (path: string[], value: unknown) => {
    if (typeof value === 'string') found.set(path.join('.'), value);
    else Object.entries(value as object).forEach(([key, inner]) => walk([...path, key], inner));
  };
  const json = await readFile(join(root, 'locales', language, `${name}.json`), 'utf8');
  walk(name === 'shared' ? ['shared'] : [], JSON.parse(json));
  return found;
}

/** All source of a node's folder, or of all nodes. */
async function source(folder: string): Promise<string> {
  const directory = join(root, 'nodes', folder);
  const files = (await readdir(directory, { recursive: true })).filter((file) =>
    /\.(ts|html)$/.test(file),
  );
  const read = await Promise.all(
    files.map((file) => {
      const path = join(directory, file);
      return basename(file) === 'editor.html'
        ? dialogOf(basename(dirname(path)))
        : readFile(path, 'utf8');
    }),
  );
  return read.join('\n');
}

/** What a translation must have as it is: parameters, Mustache tags and HTML tags. */
function placeholders(text: string): string[] {
  return (text.match(/__\w+?__|\{\{.*?\}\}|<\/?[a-z][\w-]*(?: [^>]*)?>/g) ?? []).sort();
}

/** What a source names: keys as a whole, and single words. */
interface Named {
  code: string;
  keys: Set<string>;
  words: Set<string>;
}

function namedIn(code: string): Named {
  const words = (pattern: RegExp) => new Set(code.match(pattern));
  return { code, keys: words(/[\w.-]+/g), words: words(/[\w-]+/g) };
}

/** A key without the form of its number: a source names `time.days`, of which there are one and other. */
function withoutForm(key: string): string {
  return key.replace(/\.(one|other)$/, '');
}

/**
 * Whether the source names the key: whole, or by a template that starts like it, and its last part
 * there or in the shared source, such as a metric.
 */
function isUsed(key: string, { code, keys, words }: Named, shared: Named): boolean {
  const parts = key.split('.');
  if (keys.has(key) || keys.has(withoutForm(key))) return true;
  const leaf = parts.at(-1)!;
  const isNamed = words.has(leaf) || shared.words.has(leaf);
  return isNamed && parts.some((_, i) => code.includes(`\`${parts.slice(0, i + 1).join('.')}.\${`));
}

describe('the catalogues', () => {
  let names: string[];
  let nodes: string[];

  before(async () => {
    nodes = await nodeNames();
    // The elements have texts, but neither a dialog nor help.
    names = ['shared', 'elements', ...nodes, ...(await pluginNames())];
  });

  it('have the same keys and placeholders in every language, and no empty text', async () => {
    for (const name of names) {
      const english = await texts('en-US', name);
      for (const language of await languages()) {
        const found = await texts(language, name);
        const file = `${language}/${name}.json`;
        assert.deepEqual([...found.keys()].sort(), [...english.keys()].sort(), file);
        for (const [key, text] of found) {
          assert.notEqual(text.trim(), '', `${file}: ${key}`);
          assert.deepEqual(placeholders(text), placeholders(english.get(key)!), `${file}: ${key}`);
        }
      }
    }
  });

  it('are of what there is, with help where the build takes it', async () => {
    for (const language of await languages()) {
      const help = helpLanguages.includes(language) ? nodes.map((name) => `${name}.html`) : [];
      const files = await readdir(join(root, 'locales', language));
      assert.deepEqual(
        files.sort(),
        [...names.map((name) => `${name}.json`), ...help].sort(),
        language,
      );
    }
  });

  it('have no text that nothing uses', async () => {
    const all = await source('.');
    const folders = await Promise.all(['shared', 'contract', 'protocols'].map(source));
    const sharedCode = namedIn(folders.join('\n'));
    const everything = namedIn(all);
    const unused: string[] = [];
    for (const name of names) {
      const code = name === 'shared' ? everything : namedIn(await source(name));
      for (const key of (await texts('en-US', name)).keys()) {
        const leaf = key.split('.').at(-1)!;
        const known =
          name === 'shared' && /^shared\.(problem|expected)\./.test(key)
            ? all.includes(`'${leaf}'`) || all.includes(`'${key}'`)
            : name === 'shared' && /^shared\.(field|entry|missing)\./.test(key)
              ? leaf.split('-').every((part) => everything.words.has(part))
              : isUsed(key, code, sharedCode);
        if (!known) unused.push(key);
      }
    }
    assert.deepEqual(unused, []);
  });

  it('have every key that a dialog or a script names', async () => {
    const shared = await texts('en-US', 'shared');
    const missing: string[] = [];
    for (const name of names.slice(1)) {
      const own = [...(await texts('en-US', name)).keys()];
      const known = new Set([...own, ...own.map(withoutForm), ...shared.keys()]);
      const code = await source(name);
      const dialog = [...code.matchAll(/data-i18n="([^"]+)"/g)].flatMap(([, value]) =>
        value!.split(';').map((part) => part.replace(/^\[[\w-]+\]/, '')),
      );
      const literals = [...code.matchAll(/(['"`])([\w-]+(?:\.[\w-]+)+)\1/g)]
        .map(([, , literal]) => literal!)
        .filter((literal) => literal.startsWith(`${name}.`) || literal.startsWith('shared.'));
      missing.push(...[...dialog, ...literals].filter((key) => !known.has(key)));
    }
    assert.deepEqual(missing, []);
  });

  it('name a field in an error as its dialog does', async () => {
    for (const language of await languages()) {
      const dialogs = await Promise.all(names.slice(1).map((name) => texts(language, name)));
      const labels = new Set(
        dialogs.flatMap((found) =>
          [...found].flatMap(([key, text]) =>
            /\.(label|column|rule|secret)\./.test(key) ? text : [],
          ),
        ),
      );
      // What a message holds is called as in Node-RED.
      labels.add('msg.payload');
      for (const [key, text] of await texts(language, 'shared')) {
        if (key.startsWith('shared.field.')) {
          assert.ok(labels.has(text), `${language}: no dialog has the label "${text}" of ${key}`);
        }
      }
    }
  });

  it('explain the same things in every language’s help', async () => {
    for (const name of nodes) {
      const [english, ...others] = await Promise.all(
        helpLanguages.map(async (language) => {
          const help = await readFile(join(root, 'locales', language, `${name}.html`), 'utf8');
          assert.match(help, /^<p>/, `${language}/${name}: the first paragraph is the tooltip`);
          return [...help.matchAll(/<\/?\w+/g)].map(([tag]) => tag);
        }),
      );
      for (const other of others) assert.deepEqual(other, english, name);
    }
  });
});
