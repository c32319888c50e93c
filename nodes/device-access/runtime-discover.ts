import type { NodeAPI } from 'node-red';
import * as check from '../shared/check.ts';
import { addAdminRoute, type AdminRequest } from '../shared/red/admin-route.ts';
import { discover, type DiscoverRequest, type ListedInterface } from './discover.ts';
import { openEdited } from './runtime-edited-access.ts';

/** Adds the route behind the dialog's Discover button. */
export function addDiscoverRoute(RED: NodeAPI): void {
  addAdminRoute(RED, 'POST device-access/discover', (request) => answer(RED, request));
}

async function answer(RED: NodeAPI, { body, signal }: AdminRequest): Promise<ListedInterface[]> {
  const { access: edited, address } = check.object('settings', body) as unknown as DiscoverRequest;
  const access = openEdited(RED, edited);
  try {
    return await discover(access, address, signal);
  } finally {
    await access.close();
  }
}
