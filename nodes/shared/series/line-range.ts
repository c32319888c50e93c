/** A line, and how far it can be relied upon. */
export interface Line {
  slope: number;
  levelVariance: number;
  slopeVariance: number;
  covariance: number;
  /** how far from the line its range is, in standard deviations */
  factor: number;
}

const normalFactor = 1.2816;

/**
 * How far the level and the slope of a line may be off, where its residuals are correlated with the ones before
 * them: they are taken for a first-order autoregressive process, whose coefficient is corrected for the bias that it
 * has in short series (Kendall 1954, for a line Marriott and Pope), and the variances are those of least squares under
 * that process.
 * @param x of the points, in steps, ascending; the level is that at 0
 * @param residuals of the points
 * @param segment of the points: the level is that of the last one
 */
export function reliability(
  x: Float64Array,
  residuals: Float64Array,
  segment: Uint8Array,
): Omit<Line, 'slope'> {
  const count = x.length;
  const { coefficient, variance } = process(x, residuals, segment);
  const { ofSlope, ofLevel } = weights(x, segment);
  let slopeVariance = 0;
  let levelVariance = 0;
  let covariance = 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      const correlation = coefficient ** Math.abs(x[i]! - x[j]!);
      slopeVariance += ofSlope[i]! * ofSlope[j]! * correlation;
      levelVariance += ofLevel[i]! * ofLevel[j]! * correlation;
      covariance += ofSlope[i]! * ofLevel[j]! * correlation;
    }
  }
  const effective = (count * (1 - coefficient)) / (1 + coefficient);
  const freedom = Math.max(3, effective - 2);
  return {
    slopeVariance: Math.max(0, slopeVariance * variance),
    levelVariance: Math.max(0, levelVariance * variance),
    covariance: covariance * variance,
    // Student's distribution, by the first term of its expansion (Fisher 1926).
    factor: normalFactor + (normalFactor ** 3 + normalFactor) / (4 * freedom),
  };
}

function process(x: Float64Array, residuals: Float64Array, segment: Uint8Array) {
  const count = x.length;
  let products = 0;
  let squares = 0;
  let pairs = 0;
  for (let i = 0; i < count; i++) {
    squares += residuals[i]! ** 2;
    if (i === 0 || segment[i] !== segment[i - 1] || x[i]! - x[i - 1]! > 1.5) continue;
    products += residuals[i]! * residuals[i - 1]!;
    pairs++;
  }
  if (squares === 0) return { coefficient: 0, variance: 0 };
  const seen = pairs === 0 ? 0 : (products / pairs / squares) * count;
  const coefficient = Math.min(0.98, Math.max(0, seen + (2 + 4 * Math.max(0, seen)) / count));
  let innovations = 0;
  for (let i = 1; i < count; i++) {
    if (segment[i] !== segment[i - 1]) continue;
    const share = coefficient ** (x[i]! - x[i - 1]!);
    // Over a gap more is new.
    const scale = (1 - coefficient ** 2) / (1 - share ** 2);
    innovations += (residuals[i]! - share * residuals[i - 1]!) ** 2 * scale;
  }
  const own = innovations / Math.max(1, count - 3) / (1 - coefficient ** 2);
  return { coefficient, variance: Math.max(own, squares / Math.max(1, count - 3)) };
}

// What each point counts for the slope and for the level of the last segment, by least squares.
function weights(x: Float64Array, segment: Uint8Array) {
  const count = x.length;
  const ofSlope = new Float64Array(count);
  let total = 0;
  let lastMean = 0;
  let lastCount = 0;
  for (let first = 0; first < count;) {
    let end = first;
    let sum = 0;
    for (; end < count && segment[end] === segment[first]; end++) sum += x[end]!;
    const mean = sum / (end - first);
    for (let i = first; i < end; i++) {
      ofSlope[i] = x[i]! - mean;
      total += ofSlope[i]! ** 2;
    }
    [lastMean, lastCount, first] = [mean, end - first, end];
  }
  for (let i = 0; i < count; i++) ofSlope[i] = total === 0 ? 0 : ofSlope[i]! / total;
  const ofLevel = ofSlope.map((weight, i) => {
    const share = i >= count - lastCount ? 1 / lastCount : 0;
    return share - lastMean * weight;
  });
  return { ofSlope, ofLevel };
}

/** When a line comes to a distance: x from 0 on, with the range in which it is. */
export interface Crossing {
  /** undefined where it never does */
  at: number | undefined;
  low: number | undefined;
  high: number | undefined;
}

/**
 * When a line has risen by a distance, with its range (Fieller 1954). Where the slope's own range has 0 in it, the
 * range has no end.
 * @param distance above 0
 */
export function crossing(line: Line, distance: number): Crossing {
  const { slope, levelVariance, slopeVariance, covariance, factor } = line;
  const wide = factor ** 2;
  const a = slope ** 2 - wide * slopeVariance;
  const b = distance * slope + wide * covariance;
  const c = distance ** 2 - wide * levelVariance;
  const root = Math.sqrt(Math.max(0, b ** 2 - a * c));
  const at = slope > 0 ? distance / slope : undefined;
  if (a > 0 && slope > 0) {
    const [low, high] = [(b - root) / a, (b + root) / a];
    return { at, low: Math.max(0, Math.min(low, at!)), high: Math.max(high, at!) };
  }
  if (c <= 0) return { at, low: 0, high: undefined };
  // As both roots of one sign lose digits.
  const low =
    a === 0 ? (b > 0 ? c / (2 * b) : undefined) : positive([(b - root) / a, (b + root) / a]);
  return { at, low: at === undefined ? low : Math.min(low ?? at, at), high: undefined };
}

function positive(roots: number[]): number | undefined {
  const found = roots.filter((root) => root > 0 && Number.isFinite(root));
  return found.length === 0 ? undefined : Math.min(...found);
}

/** How far from a line its range is at x: to either side. */
export function rangeAt(line: Line, x: number): number {
  const variance = line.levelVariance + 2 * x * line.covariance + x ** 2 * line.slopeVariance;
  return line.factor * Math.sqrt(Math.max(0, variance));
}
