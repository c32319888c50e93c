import type { InterfaceState } from '../contract/snapshot.ts';
import { Problem } from '../shared/problem.ts';
import type { Access } from './access.ts';
import type { EditedAccess } from './edited-access.ts';

/** What the dialog's Discover button sends. */
export interface DiscoverRequest {
  address: string;
  access: EditedAccess;
}

const told = ['name', 'index', 'alias', 'type', 'up', 'adminUp', 'speed'] as const;

/** An interface as it is listed for a person to choose. */
export type ListedInterface = Pick<InterfaceState, (typeof told)[number]>;

/** Lists all interfaces of a device. Rejects with a Problem, also where it has none. */
export async function discover(
  access: Pick<Access, 'interfaces'>,
  address: string,
  signal: AbortSignal,
): Promise<ListedInterface[]> {
  const interfaces = await access.interfaces(address, signal);
  if (interfaces.length === 0) throw new Problem('noInterfaces');
  return interfaces.map(listed);
}

// Counts may be too large for JSON.
function listed(state: InterfaceState): ListedInterface {
  return Object.fromEntries(told.map((name) => [name, state[name]])) as unknown as ListedInterface;
}
