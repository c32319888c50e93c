import type { NodeAPI } from 'node-red';
import { addAdminRoute } from '../shared/red/admin-route.ts';
import type { Suggestions } from './look.ts';
import { suggest } from './look/suggestions.ts';
import { surroundings } from './look/surroundings.ts';
import { addConfigurationsRoute } from './runtime-configurations.ts';
import { addLookRoutes } from './runtime-look.ts';
import { addWatchedRoute } from './runtime-watched.ts';

export default function (RED: NodeAPI): void {
  RED.plugins.registerPlugin('netmon-sidebar', { type: 'netmon-sidebar' });
  const suggestions = async (): Promise<Suggestions> => suggest(await surroundings());
  // Before the route of a look, whose id it is not.
  addAdminRoute(RED, 'GET look/suggestions', suggestions);
  addLookRoutes(RED);
  addWatchedRoute(RED);
  addConfigurationsRoute(RED);
}
