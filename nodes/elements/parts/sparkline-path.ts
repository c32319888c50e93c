/**
 * The path of a small curve in a box of `width` by `height`, from zero (or the least value, if that is below) to the
 * largest value; a gap where a value is null.
 */
export function sparklinePath(
  values: readonly (number | null)[],
  width: number,
  height: number,
): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return '';
  const least = known.reduce((a, b) => Math.min(a, b), 0);
  const most = known.reduce((a, b) => Math.max(a, b), 0);
  const range = most - least || 1;
  const x = (i: number) => round((i / Math.max(1, values.length - 1)) * width);
  const y = (value: number) => round(height - 1.5 - ((value - least) / range) * (height - 3));
  let path = '';
  let isPenDown = false;
  values.forEach((value, i) => {
    if (value === null) {
      isPenDown = false;
    } else {
      // A value alone between two gaps is a short dash.
      const isAlone = !isPenDown && (values[i + 1] ?? null) === null;
      path += `${isPenDown ? 'L' : 'M'}${x(i)} ${y(value)}${isAlone ? 'h1' : ''}`;
      isPenDown = true;
    }
  });
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
