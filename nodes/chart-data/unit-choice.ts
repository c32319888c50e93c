import { scaleFor } from '../contract/units.ts';

/** What values are multiplied by, and the unit that they then have. */
export interface ChosenUnit {
  factor: number;
  unit: string;
}

const steps = [0, 1, 2, 3, 4];
const families = [
  { unit: 'bit/s', base: 1000 },
  { unit: 'B/s', base: 1024 },
  { unit: 'B', base: 1024 },
].map(({ unit, base }) => ({
  unit,
  scales: steps.map((step) => scaleFor(base ** step, unit)),
}));
// A ratio may be a load or a rate of errors: only the user knows whether it is a share.
const shares: ChosenUnit[] = [
  { factor: 100, unit: '%' },
  { factor: 1e6, unit: 'ppm' },
];

/** The units that a user may choose: bit/s, kbit/s, ..., MiB, ..., %, ppm. */
export const unitNames: readonly string[] = [
  ...families.flatMap(({ scales }) => scales),
  ...shares,
].map(({ unit }) => unit);

/**
 * Chooses the one unit of a whole chart. Left to itself it takes the unit in which the largest value
 * reads best, and keeps it until values have become much smaller: at the edge between kbit/s and
 * Mbit/s a chart must not jump to and fro.
 */
export class UnitChoice {
  readonly #wanted: string;
  #last: { of: string; chosen: ChosenUnit } | undefined;

  /** @param wanted one of {@link unitNames}, or empty for one that fits */
  constructor(wanted: string) {
    this.#wanted = wanted;
  }

  /**
   * @param largest the largest absolute value that is shown
   * @param unit the unit that values come in
   */
  choose(largest: number, unit: string): ChosenUnit {
    const family = families.find((f) => f.unit === unit);
    const scales = unit === '1' ? shares : family?.scales;
    const wanted = scales?.find((scale) => scale.unit === this.#wanted);
    if (wanted) return wanted;
    if (!family) return { factor: 1, unit };
    const best = scaleFor(largest, unit);
    const last = this.#last?.of === unit ? this.#last.chosen : undefined;
    const stays =
      last && best.factor > last.factor && (largest === 0 || largest * last.factor >= 0.2);
    const chosen = stays ? last : best;
    this.#last = { of: unit, chosen };
    return chosen;
  }
}

/** A unit as people read it: of a number without one nothing, of 1/s "/s". */
export function shownUnit({ unit }: ChosenUnit): string {
  return { '1': '', '1/s': '/s' }[unit] ?? unit;
}
