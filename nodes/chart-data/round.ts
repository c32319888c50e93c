/** A number with six significant digits: more cannot be seen in a chart, but would be sent to it. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
