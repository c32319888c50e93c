/** A temperature and where it was measured. */
export interface Sensor {
  /** what it is called; several may share a name */
  sensor: string;
  /** what tells it from others of its name, such as `temp2` */
  own?: string;
  celsius: number;
  /** whether the hardware says itself that it is broken */
  faulty?: boolean;
}

/**
 * The sensors that tell something, each by a name of its own. One that is broken or not connected shows
 * values far outside of what hardware survives. Those that share a name get their own beside it, or else a
 * number.
 */
export function usableSensors(sensors: readonly Sensor[]): { sensor: string; celsius: number }[] {
  const good = sensors.filter(({ celsius, faulty }) => !faulty && celsius > -60 && celsius < 127);
  const shared = repeated(good.map(({ sensor }) => sensor));
  const named = good.map(({ sensor, own, celsius }) => ({
    sensor: shared.has(sensor) && own !== undefined && own !== '' ? `${sensor} ${own}` : sensor,
    celsius,
  }));
  const uses = new Map<string, number>();
  return named.map(({ sensor, celsius }) => {
    const use = (uses.get(sensor) ?? 0) + 1;
    uses.set(sensor, use);
    return { sensor: use === 1 ? sensor : `${sensor} #${use}`, celsius };
  });
}

function repeated(names: readonly string[]): Set<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.size === seen.add(name).size));
}
