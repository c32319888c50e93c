import type { NodeAPI } from 'node-red';
import { catalogueKey } from '../catalogue-key.ts';
import type { Translate } from '../problem.ts';

/** The catalogue of a node and the shared texts, in the language that Node-RED runs in. */
export function translator(RED: NodeAPI): Translate {
  return (key, params) => RED._(catalogueKey(key), params ?? {});
}
