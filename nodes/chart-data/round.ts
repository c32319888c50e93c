/** A number with six significant digits: more cannot be seen in a chart, but would be sent to it. */
export function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/** A number to be read at a glance: three significant digits, but never fewer than its whole part has. */
export function readable(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
