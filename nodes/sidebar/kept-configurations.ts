import type { KeptDevice } from '../shared/configurations/versions/contract.ts';
import { byName } from '../shared/natural-order.ts';
import { foreignText } from '../shared/text.ts';
import type { KeptConfiguration } from './look.ts';

/** devices of a list */
const mostListed = 500;

/** A config-watch of the flows, and where it keeps configurations. */
export interface Watcher {
  node: string;
  database: string;
}

/**
 * The devices whose configurations are kept: what needs somebody first, then by name. A database that cannot be read is
 * left out: it tells of that itself.
 * @param devicesOf what a database has
 */
export async function keptConfigurations(
  watchers: readonly Watcher[],
  devicesOf: (database: string) => Promise<KeptDevice[]>,
): Promise<KeptConfiguration[]> {
  const nodes = new Map(watchers.toReversed().map(({ node, database }) => [database, node]));
  const found = await Promise.all(
    [...nodes].map(async ([database, node]) => {
      const devices = await devicesOf(database).catch(() => []);
      return devices.map((device) => configurationOf(node, device));
    }),
  );
  const order = ['failed', 'unsaved', 'fetched'];
  return found
    .flat()
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || byName(a.device, b.device))
    .slice(0, mostListed);
}

function configurationOf(
  node: string,
  { device, changedAt, unsavedSince, failed }: KeptDevice,
): KeptConfiguration {
  const state = failed ? 'failed' : typeof unsavedSince === 'number' ? 'unsaved' : 'fetched';
  return {
    ...{ node, device: foreignText(device, 200), state },
    ...(changedAt !== undefined && { changedAt }),
    ...(failed && { reason: foreignText(failed.reason, 300) }),
  };
}
