import type { Translate } from '../problem.ts';

declare const RED: { _: (key: string, params?: Record<string, string>) => string };

/**
 * The catalogue of a node, in the user's language.
 * @param type the node's type, such as `netmon-device-poll`
 */
export function translator(type: string): Translate {
  return (key, params) => RED._(`@netmon/node-red-netmon/${type}:${key}`, params);
}
