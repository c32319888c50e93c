/** Translates a catalogue key, as Node-RED's `RED._` does: `__name__` in the text stands for a parameter. */
export type Translate = (key: string, params?: Record<string, string>) => string;

/**
 * Whose catalogue has the texts of `locales/<language>/shared.json`, for all nodes. Node-RED has one catalogue a
 * node or plugin; a plugin's is there whatever nodes are switched off.
 */
export const sharedCatalogue = 'sidebar';

/**
 * A key as Node-RED's `RED._` takes it: one of the shared texts with the catalogue that has them.
 * @param own whose other keys are, such as `device-poll`; without it they stay as they are
 */
export function catalogueKey(key: string, own?: string): string {
  const owner = key.startsWith('shared.') ? sharedCatalogue : own;
  return owner === undefined ? key : `@netmon/node-red-netmon/netmon-${owner}:${key}`;
}
