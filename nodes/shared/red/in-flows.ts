import type { NodeAPI } from 'node-red';

/**
 * Whether a node still stands in the flows, switched off or not. The id of one within a subflow begins with
 * that of the subflow's instance.
 */
export function isInFlows(RED: NodeAPI, id: string): boolean {
  let found = false;
  RED.nodes.eachNode((node) => {
    found ||= id === node.id || id.startsWith(`${node.id}-`);
  });
  return found;
}
