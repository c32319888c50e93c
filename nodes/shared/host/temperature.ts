import { atOnce, each } from '../steps.ts';

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

interface UsableSensor {
  sensor: string;
  celsius: number;
}

/**
 * The sensors that tell something, each by a name of its own. One that is broken or not connected shows
 * values far outside of what hardware survives. Those that share a name get their own beside it, or else a
 * number.
 */
export function usableSensors(sensors: readonly Sensor[]): UsableSensor[] {
  return atOnce(namingSensors(sensors));
}

/** Makes the same, and yields every few sensors. */
export function* namingSensors(sensors: readonly Sensor[]): Generator<void, UsableSensor[]> {
  const uses = new Map<string, number>();
  yield* each(sensors, ({ sensor }) => uses.set(sensor, (uses.get(sensor) ?? 0) + 1));
  const names = new Set<string>();
  // The next number of a name that is taken.
  const numbers = new Map<string, number>();
  const usable: UsableSensor[] = [];
  yield* each(sensors, ({ sensor, own, celsius, faulty }) => {
    // Named before the broken ones are left out: no name may depend on the state of another sensor.
    const base = uses.get(sensor)! > 1 && own !== undefined ? `${sensor} ${own}` : sensor;
    let name = base;
    for (let n = numbers.get(base) ?? 2; names.has(name); n++) {
      name = `${base} #${n}`;
      numbers.set(base, n + 1);
    }
    names.add(name);
    if (!faulty && celsius > -60 && celsius < 150 && celsius !== 127) {
      usable.push({ sensor: name, celsius });
    }
  });
  return usable;
}
