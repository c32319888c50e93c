import { type Alert, eventMetrics } from '../contract/alert.ts';
import type { Version, Versions } from '../shared/configurations/versions/contract.ts';

/** ms before an alert in which a change of its device's configuration may have to do with it */
const window = 3_600_000;
/** devices that are looked up for one mail */
const most = 50;

/**
 * The last change of the configuration of each alert's device within an hour before it fired, by the alerts' fingerprints.
 * @throws as `Versions.changes`
 */
export async function recentChanges(
  alerts: readonly Alert[],
  versions: Pick<Versions, 'changes'>,
): Promise<Map<string, Version>> {
  const changes = new Map<string, Version>();
  const known = new Map<string, readonly Version[]>();
  for (const { state, metric, labels, startsAt, fingerprint } of alerts) {
    const { device } = labels;
    if (state !== 'firing' || device === undefined || isOwn(metric)) continue;
    const span = `${startsAt} ${device}`;
    if (!known.has(span)) {
      if (known.size === most) break;
      known.set(span, await versions.changes(startsAt - window, startsAt, device));
    }
    // The first version of a device is no change.
    const last = known.get(span)!.findLast(({ before }) => before !== undefined);
    if (last) changes.set(fingerprint, last);
  }
  return changes;
}

function isOwn(metric: string): boolean {
  return eventMetrics.includes(metric as never);
}
