import type { ChangeEvent } from '../../contract/change-event.ts';
import type { Version, Versions } from '../configurations/versions/contract.ts';
import type { WhatChanged, WhatChangedRequest } from '../history/analyses/what-changed.ts';
import type { History } from '../history/history.ts';
import { parseLabels } from '../match/parse-filter.ts';

/** events that are told: more nobody reads */
const mostEvents = 200;

/**
 * What changed in a span, with the changes of configurations among its events. Rejects as `History.analyse` does; where
 * only the configurations cannot be read, it goes without.
 * @param versions where configurations are kept
 */
export async function readChanges(
  history: Pick<History, 'analyse'>,
  versions: (() => Promise<Pick<Versions, 'changes'>>) | undefined,
  request: WhatChangedRequest,
  signal: AbortSignal,
): Promise<WhatChanged> {
  const [found, changed] = await Promise.all([
    history.analyse('whatChanged', request, signal),
    versions ? versionEvents(versions, request) : [],
  ]);
  const events = [...found.events, ...changed].sort((a, b) => a.time - b.time);
  const eventsLeft = found.eventsLeft + Math.max(0, events.length - mostEvents);
  return { ...found, events: events.slice(0, mostEvents), eventsLeft };
}

async function versionEvents(
  versions: () => Promise<Pick<Versions, 'changes'>>,
  { from, to, labels }: WhatChangedRequest,
): Promise<ChangeEvent[]> {
  const filter = parseLabels('labels', labels);
  try {
    const changes = await (await versions()).changes(from, to);
    // The first version of a device is no change.
    return changes
      .filter(({ before, device }) => before !== undefined && filter.takes({ device }))
      .map(eventOf);
  } catch {
    return [];
  }
}

function eventOf({ time, device, id, added, removed, changedBy }: Version): ChangeEvent {
  return {
    ...{ kind: 'configuration', time, labels: { device }, added, removed, version: id },
    ...(changedBy !== undefined && { text: changedBy }),
  };
}
