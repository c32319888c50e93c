import { type PastAlert, severities, type Severity } from '../contract/alert.ts';

/** How many mails would have told of past alerts. Those that come together go out together. */
export function pastMails(
  alerts: readonly PastAlert[],
  { severity, recoveries }: { severity: Severity; recoveries: boolean },
): number {
  const mailed = new Map<string, number>();
  const moments = new Set<number>();
  for (const { state, fingerprint, startsAt, at, ...alert } of alerts) {
    const isMailed = mailed.get(fingerprint) === startsAt;
    if (state === 'firing') {
      const isSevere = severities.indexOf(alert.severity) >= severities.indexOf(severity);
      if (!isSevere || isMailed) continue;
      mailed.set(fingerprint, startsAt);
      moments.add(at);
    } else if (state === 'resolved') {
      if (isMailed && recoveries) moments.add(at);
      mailed.delete(fingerprint);
    }
  }
  return moments.size;
}
