/** A value to six significant digits: what a rate can mean. */
export function toSixDigits(value: number): number {
  const size = Math.abs(value);
  // Powers of ten are exact only as whole numbers.
  if (size >= 1e6) {
    let unit = 10;
    while (size >= unit * 1e6) unit *= 10;
    return Math.round(value / unit) * unit;
  }
  if (size < 1e-12 || Number.isInteger(value)) return value;
  let parts = 1;
  while (size * parts < 1e5) parts *= 10;
  return Math.round(value * parts) / parts;
}

/** A value to three decimals: what a share, a duration or a temperature can mean. */
function toThreeDecimals(value: number): number {
  // Never -0.
  return Math.abs(value) < 1e12 ? Math.round(value * 1000) / 1000 + 0 : value;
}

/** A value rounded to what it can mean by its unit. Full doubles take much space and tell no more. */
export function rounded(value: number, unit: string): number {
  switch (unit) {
    case 'bit/s':
    case 'B/s':
    case '1/s':
      return toSixDigits(value);
    case '%':
    case 'ms':
    case 's':
    case '°C':
    case 'd':
      return toThreeDecimals(value);
    case '1':
      // A ratio; what counts something is whole, and stays so.
      return Number.isInteger(value) ? value : toSixDigits(value);
    default:
      return value;
  }
}
