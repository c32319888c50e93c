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
  const uses = new Map<string, number>();
  for (const { sensor } of sensors) uses.set(sensor, (uses.get(sensor) ?? 0) + 1);
  const names = new Set<string>();
  return sensors.flatMap(({ sensor, own, celsius, faulty }) => {
    // Named before the broken ones are left out: no name may depend on the state of another sensor.
    const base = uses.get(sensor)! > 1 && own !== undefined ? `${sensor} ${own}` : sensor;
    let name = base;
    for (let n = 2; names.has(name); n++) name = `${base} #${n}`;
    names.add(name);
    return !faulty && celsius > -60 && celsius < 150 && celsius !== 127
      ? [{ sensor: name, celsius }]
      : [];
  });
}
