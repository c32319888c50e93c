/** A number with four significant digits, but never fewer than its whole part has: more cannot be seen in a chart. */
export function rounded(value: number): number {
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4));
}

/** A number to be read at a glance: three significant digits, but never fewer than its whole part has. */
export function readable(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
