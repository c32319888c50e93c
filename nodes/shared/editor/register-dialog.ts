import type { EditorNodeDef, EditorNodeProperties, EditorRED } from 'node-red';
import type { Versions } from '../settings-version.ts';
import { present } from './present.ts';

declare const RED: EditorRED;

interface Handlers {
  oneditprepare?: () => void;
  oneditsave?: () => unknown;
}

/**
 * Registers a node with Node-RED's editor. Its dialog opens with the settings as their present version has
 * them, which are the node's own once the dialog is left with OK.
 */
export function registerDialog<Properties extends EditorNodeProperties, Secrets = undefined>(
  type: string,
  settings: Versions,
  definition: EditorNodeDef<Properties, Secrets>,
): void {
  const { oneditprepare, oneditsave } = definition as Handlers;
  const prefix = definition.category === 'config' ? '#node-config-input-' : '#node-input-';
  const handlers = {
    oneditprepare(this: Record<string, unknown>) {
      const now = present(settings, this);
      // By now Node-RED has filled in what is stored.
      for (const [name, value] of Object.entries(now))
        if (value !== this[name]) fillIn($(prefix + name), value);
      oneditprepare?.call(Object.assign(Object.create(this) as object, now));
    },
    oneditsave(this: Record<string, unknown>) {
      const { version } = present(settings, this);
      // A node of version 1 that has none stays as it is, so that OK alone makes no change.
      if (version !== (this.version ?? 1)) this.version = version;
      return oneditsave?.call(this);
    },
  };
  RED.nodes.registerType<Properties, Secrets>(type, { ...definition, ...handlers });
}

function fillIn(input: JQuery, value: unknown): void {
  if (input.is(':checkbox')) input.prop('checked', value === true);
  else input.val(value as string | number);
}
