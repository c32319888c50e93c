import type { Count, Snapshot } from '../contract/snapshot.ts';

/**
 * A snapshot as plain JSON, the answer of the device API: what device it is of, and the counts that
 * JSON numbers cannot hold exactly as texts.
 */
export function toDocument(device: string, snapshot: Snapshot): object {
  const { interfaces, readings } = snapshot;
  return {
    device,
    hostname: snapshot.hostname ?? device,
    time: snapshot.time,
    uptime: snapshot.uptime,
    ...(interfaces && { interfaces: interfaces.map(plain) }),
    ...(readings && { readings: readings.map(plain) }),
  };
}

function plain(values: object): object {
  return Object.fromEntries(
    Object.entries(values)
      // A time on this machine's own monotonic clock means nothing to others.
      .filter(([name]) => name !== 'countedAt')
      .map(([name, value]: [string, Count | string | undefined]) => [
        name,
        typeof value === 'bigint' ? String(value) : value,
      ]),
  );
}
