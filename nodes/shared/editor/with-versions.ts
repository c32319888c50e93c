import type { EditorNodeDef, EditorNodeProperties } from 'node-red';
import type { Versions } from '../settings-version.ts';
import { present } from './present.ts';

interface Handlers {
  oneditprepare?: () => void;
  oneditsave?: () => unknown;
}

/**
 * What a node's editor registers, with its dialog open at the settings as their present version has them; they
 * are the node's own once the dialog is left with OK. The catalogue of Node-RED wants the registration itself
 * in each node's file, with its type as a literal.
 */
export function withVersions<Properties extends EditorNodeProperties, Secrets = undefined>(
  settings: Versions,
  definition: EditorNodeDef<Properties, Secrets>,
): EditorNodeDef<Properties, Secrets> {
  const { oneditprepare, oneditsave } = definition as Handlers;
  const prefix = definition.category === 'config' ? '#node-config-input-' : '#node-input-';
  const handlers = {
    oneditprepare(this: Record<string, unknown>) {
      const stored = present(settings, this);
      const now = { ...stored, ...missing(definition.defaults, stored) };
      // By now Node-RED has filled in what is stored.
      for (const [name, value] of Object.entries(now)) {
        if (value !== this[name]) fillIn($(prefix + name), value);
      }
      oneditprepare?.call(Object.assign(Object.create(this) as object, now));
    },
    oneditsave(this: Record<string, unknown>) {
      const { version } = present(settings, this);
      // A node of version 1 that has none stays as it is, so that OK alone makes no change.
      if (version !== (this.version ?? 1)) this.version = version;
      return oneditsave?.call(this);
    },
  };
  return { ...definition, ...handlers };
}

// What came later than the flow has its default, as at the runtime. Config nodes are chosen by the user.
function missing(defaults: object, node: Record<string, unknown>): object {
  const all = Object.entries(defaults) as [string, { value: unknown; type?: string }][];
  const found = all.filter(([name, { type }]) => node[name] === undefined && type === undefined);
  return structuredClone(Object.fromEntries(found.map(([name, { value }]) => [name, value])));
}

function fillIn(input: JQuery, value: unknown): void {
  if (input.is(':checkbox')) input.prop('checked', value === true);
  else input.val(value as string | number);
}
