import type { NodeAPI, NodeDef } from 'node-red';
import { addAdminRoute } from '../shared/red/admin-route.ts';
import { versionsOf } from '../shared/red/history-node.ts';
import { keptConfigurations, type Watcher } from './kept-configurations.ts';

/** Adds the route that tells whose configurations are kept: also those who may only read may know. */
export function addConfigurationsRoute(RED: NodeAPI): void {
  const devicesOf = async (database: string) => {
    const versions = await versionsOf(RED, database)();
    return versions.devices();
  };
  const list = () => keptConfigurations(watchersIn(RED), devicesOf);
  addAdminRoute(RED, 'GET configurations', list, 'read');
}

function watchersIn(RED: NodeAPI): Watcher[] {
  const watchers: Watcher[] = [];
  RED.nodes.eachNode((node) => {
    const { id, type, d, database } = node as NodeDef & Record<string, unknown>;
    if (type !== 'netmon-config-watch' || d === true || typeof database !== 'string') return;
    if (RED.nodes.getNode(id)) watchers.push({ node: id, database });
  });
  return watchers;
}
