import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';

/** What a node registers with Node-RED's editor, as far as flows and people rely on it. */
export interface RegisteredNode {
  category: string;
  inputs?: number;
  outputs?: number;
  /** the default of each setting; of one that names a config node, that node's type in brackets */
  settings: Record<string, unknown>;
  /** text or password, by name */
  credentials: Record<string, string>;
}

interface Definition extends Omit<RegisteredNode, 'settings' | 'credentials'> {
  defaults: Record<string, { value: unknown; type?: string }>;
  credentials?: Record<string, { type: string }>;
}

/** The nodes of a checkout of this package, by their types. */
export async function registeredNodes(directory: string): Promise<Record<string, RegisteredNode>> {
  const manifest = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')) as {
    'node-red': { nodes: Record<string, string> };
  };
  const registered: Record<string, RegisteredNode> = {};
  for (const path of Object.values(manifest['node-red'].nodes)) {
    const name = path.replace(/^dist\/|\.js$/g, '');
    const result = await build({
      entryPoints: [join(directory, 'nodes', name, 'editor.ts')],
      bundle: true,
      write: false,
      format: 'iife',
    });
    const registerType = (type: string, definition: Definition) => {
      registered[type] = nodeOf(definition);
    };
    const script = compileFunction(result.outputFiles[0]!.text, ['RED']) as (RED: object) => void;
    script({ _: (key: string) => key, nodes: { registerType } });
  }
  return registered;
}

function nodeOf(definition: Definition): RegisteredNode {
  const { category, inputs, outputs, defaults, credentials = {} } = definition;
  const settings = Object.entries(defaults).map(
    ([name, { value, type }]) => [name, type === undefined ? value : `(${type})`] as const,
  );
  const secrets = Object.entries(credentials).map(([name, { type }]) => [name, type] as const);
  return {
    category,
    ...(inputs !== undefined && { inputs }),
    ...(outputs !== undefined && { outputs }),
    settings: Object.fromEntries(settings),
    credentials: Object.fromEntries(secrets),
  };
}
