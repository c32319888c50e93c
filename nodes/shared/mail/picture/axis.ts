/**
 * Where an axis of values begins and ends, and its labelled values: whole steps of 1, 2 or 5 that cover all from `low`
 * to `high`. It begins at 0 unless values are below it or all lie far above.
 */
export function valueAxis(
  low: number,
  high: number,
): { low: number; high: number; ticks: number[] } {
  const span = high - low;
  const isFar = low > 0 && span < low / 4;
  const from = low < 0 || isFar ? low : 0;
  const to = high > from ? high : from + Math.max(1, Math.abs(from) / 10);
  const step = niceStep((to - from) / 4);
  const first = Math.floor(from / step + 1e-9);
  const last = Math.ceil(to / step - 1e-9);
  // A product, not a sum: what is added up drifts.
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => round((first + i) * step));
  return { low: ticks[0]!, high: ticks.at(-1)!, ticks };
}

function niceStep(least: number): number {
  const size = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((each) => each * size >= least * (1 - 1e-9)) ?? 10;
  return factor * size;
}

function round(value: number): number {
  return Number(value.toPrecision(12)) + 0;
}
