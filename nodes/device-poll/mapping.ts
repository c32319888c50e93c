import type { Node, NodeAPI } from 'node-red';
import { mappings } from '../device-access/mappings/index.ts';
import { checks, type PollConfig } from './config.ts';
import { jsonataMapping } from './jsonata-mapping.ts';
import type { Mapping } from './poll.ts';

/** The mapping that a config names: a vendor's by its name, so that it is always Netmon's present one. */
export function mappingOf(
  { mapping, mappingType }: Pick<PollConfig, 'mapping' | 'mappingType'>,
  util: NodeAPI['util'],
  node?: Node,
): Mapping {
  switch (checks.mappingType(mappingType)) {
    case 'netmon':
      return (answer) => answer;
    case 'vendor':
      return jsonataMapping(mappings[checks.vendor(mapping)]!.expression, util, node);
    case 'jsonata':
      return jsonataMapping(mapping, util, node);
  }
}
