import type { NodeAPI } from 'node-red';
import * as check from '../shared/check.ts';
import { errorText, Problem, type Translate } from '../shared/problem.ts';
import type { InterfaceState } from '../contract/snapshot.ts';
import { type EditedAccess, openEdited } from './edited-access.ts';

/** What the dialog's Discover button sends. */
export interface DiscoverRequest {
  address: string;
  access: EditedAccess;
}

const told = ['name', 'index', 'alias', 'type', 'up', 'adminUp', 'speed'] as const;

/** An interface as it is listed for a person to choose. */
export type ListedInterface = Pick<InterfaceState, (typeof told)[number]>;

/** Adds the route behind the dialog's Discover button: it lists all interfaces of a device. */
export function addDiscoverRoute(RED: NodeAPI): void {
  const translate: Translate = (key, params) => RED._(key, params ?? {});
  const permission = RED.auth.needsPermission('netmon-device-access.write');

  RED.httpAdmin.post('/netmon/device-access/interfaces', permission, (request, response) => {
    const left = new AbortController();
    response.on('close', () => left.abort());
    discover(RED, request.body, left.signal).then(
      (list) => response.json(list),
      (error: unknown) => response.status(400).json({ error: errorText(error, translate) }),
    );
  });
}

async function discover(
  RED: NodeAPI,
  body: unknown,
  signal: AbortSignal,
): Promise<ListedInterface[]> {
  const request = check.object('settings', body) as unknown as DiscoverRequest;
  const access = openEdited(RED, request.access);
  try {
    const interfaces = await access.interfaces(request.address, signal);
    if (interfaces.length === 0) throw new Problem('noInterfaces');
    return interfaces.map(listed);
  } finally {
    await access.close();
  }
}

// Counts may be too large for JSON.
function listed(state: InterfaceState): ListedInterface {
  return Object.fromEntries(told.map((name) => [name, state[name]])) as unknown as ListedInterface;
}
