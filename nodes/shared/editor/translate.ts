import { catalogueKey } from '../catalogue-key.ts';
import type { Translate } from '../problem.ts';

declare const RED: { _: (key: string, params?: Record<string, string>) => string };

/**
 * The catalogue of a node and the shared texts, in the user's language.
 * @param type the node's type, such as `netmon-device-poll`
 */
export function translator(type: string): Translate {
  const own = type.replace(/^netmon-/, '');
  return (key, params) => RED._(catalogueKey(key, own), params);
}
