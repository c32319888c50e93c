import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { dialogOf, nodeNames } from '../scripts/build.ts';
import { root } from './support/red.ts';

const languages = ['en-US', 'de'];

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

function placeholders(text: string): string[] {
  return [...text.matchAll(/__\w+?__/g)].map(([name]) => name).sort();
}

/**
 * Whether the source names the key: whole, or by a template that starts like it, and its last part
 * there or in the shared source, such as a metric.
 */
function isUsed(key: string, code: string, shared: string): boolean {
  const parts = key.split('.');
  if (new RegExp(`(?<![\\w.-])${key.replaceAll('.', '\\.')}(?![\\w.-])`).test(code)) return true;
  const leaf = parts.at(-1)!;
  const named = new RegExp(`(?<![\\w-])${leaf}(?![\\w-])`).test(code + shared);
  return named && parts.some((_, i) => code.includes(`\`${parts.slice(0, i + 1).join('.')}.\${`));
}

describe('the catalogues', () => {
  let names: string[];

  before(async () => {
    names = ['shared', ...(await nodeNames())];
  });

  it('have the same keys and placeholders in every language', async () => {
    for (const name of names) {
      const [english, ...others] = await Promise.all(languages.map((l) => texts(l, name)));
      for (const other of others) {
        assert.deepEqual([...other.keys()].sort(), [...english!.keys()].sort(), name);
        for (const [key, text] of english!) {
          assert.deepEqual(placeholders(other.get(key)!), placeholders(text), key);
        }
      }
    }
  });

  it('have no text that is empty or that nothing uses', async () => {
    const all = await source('.');
    const folders = await Promise.all(['shared', 'contract', 'protocols'].map(source));
    const sharedCode = folders.join('\n');
    const unused: string[] = [];
    for (const name of names) {
      const code = name === 'shared' ? all : await source(name);
      for (const [key, text] of await texts('en-US', name)) {
        assert.notEqual(text.trim(), '', key);
        const leaf = key.split('.').at(-1)!;
        const known =
          name === 'shared' && /^shared\.(problem|expected)\./.test(key)
            ? all.includes(`'${leaf}'`) || all.includes(`'${key}'`)
            : name === 'shared' && /^shared\.(field|entry|missing)\./.test(key)
              ? leaf.split('-').every((part) => new RegExp(`\\b${part}\\b`).test(all))
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
      const known = new Set([...(await texts('en-US', name)).keys(), ...shared.keys()]);
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
    for (const language of languages) {
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
    for (const name of names.slice(1)) {
      const [english, ...others] = await Promise.all(
        languages.map(async (language) => {
          const help = await readFile(join(root, 'locales', language, `${name}.html`), 'utf8');
          assert.match(help, /^<p>/, `${language}/${name}: the first paragraph is the tooltip`);
          return [...help.matchAll(/<\/?\w+/g)].map(([tag]) => tag);
        }),
      );
      for (const other of others) assert.deepEqual(other, english, name);
    }
  });
});
