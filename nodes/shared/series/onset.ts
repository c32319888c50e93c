/** values of which most must have moved, so that one that jumps back is no begin */
const lookAhead = 3;

/**
 * The step with which a series left its level: from there on it is nearer to the new one. Before the span too, where it
 * had left by then. Undefined where it never did.
 * @param values equal steps, NaN where there is nothing @param start the step with which the span begins
 * @param before the level before it @param after the level within
 */
export function onset(
  values: Float64Array,
  start: number,
  before: number,
  after: number,
): number | undefined {
  const middle = before / 2 + after / 2;
  const isBeyond = (value: number) => (after > before ? value >= middle : value <= middle);
  let first: number | undefined;
  let alone: number | undefined;
  for (let i = start; i < values.length && first === undefined; i++) {
    const value = values[i]!;
    if (Number.isNaN(value) || !isBeyond(value)) continue;
    alone ??= i;
    const [next, moved] = ahead(values, i, isBeyond);
    if (2 * moved > next || next === 1) first = i;
  }
  first ??= alone;
  if (first === undefined) return undefined;
  // Whatever is known in between was before the span.
  for (let i = first - 1; i >= 0; i--) {
    if (Number.isNaN(values[i]!)) continue;
    if (i >= start || !isBeyond(values[i]!)) break;
    first = i;
  }
  return first;
}

function ahead(
  values: Float64Array,
  from: number,
  isBeyond: (value: number) => boolean,
): [number, number] {
  let [count, moved] = [0, 0];
  for (let i = from; i < values.length && count < lookAhead; i++) {
    if (Number.isNaN(values[i]!)) continue;
    count++;
    if (isBeyond(values[i]!)) moved++;
  }
  return [count, moved];
}
