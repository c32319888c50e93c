import { format } from '../../../contract/units.ts';
import { stepEdges } from '../../history/calendar.ts';
import { valueAxis } from './axis.ts';
import { IndexedImage, type Rgb, textHeight, textWidth } from './indexed-image.ts';

/** What a metric was in equal steps; NaN where nothing is known. */
export interface PictureData {
  /** where steps begin, and where the last one ends, in ms since the Unix epoch */
  edges: ArrayLike<number>;
  average: ArrayLike<number>;
  min: ArrayLike<number>;
  max: ArrayLike<number>;
  unit: string;
  /** the value beyond which there is an alert; null where there is none */
  limit: number | null;
  /** IANA name of the time zone that hours are of; empty for this machine's */
  zone: string;
}

/** CSS pixels that the picture takes in a mail. It is drawn at twice that size, for screens that show it sharp. */
export const pictureSize = { width: 560, height: 180 };

const hour = 3_600_000;
const hoursApart = 4;
/** pixels of the picture for one that is shown */
const scale = 2;
/** pixels for one of a letter: some 14 of a text beside it */
const letter = 3;
const [width, height] = [pictureSize.width * scale, pictureSize.height * scale];
/** of the plot: what is left of it has the values, what is below it the hours */
const margin = { right: 16, top: 16, bottom: 40 };
/** half of the line's width */
const halfLine = 2;

const white: Rgb = [255, 255, 255];
const band: Rgb = [208, 224, 245];
const line: Rgb = [29, 78, 216];

// An opaque background: on none, lines vanish in mail programs that are dark.
const palette: readonly Rgb[] = [
  white,
  [227, 230, 234], // grid
  [89, 98, 109], // text
  band,
  line,
  [185, 28, 28], // limit
  ...shades(white, line),
  ...shades(band, line),
];
const colors = { paper: 0, grid: 1, text: 2, band: 3, line: 4, limit: 5, onPaper: 6, onBand: 9 };

/**
 * Draws a metric over time: its average as a line, its range as a band, and the limit. It yields wherever others may
 * have their turn.
 */
export function* drawMetric(data: PictureData): Generator<void, IndexedImage> {
  const image = new IndexedImage(width, height, palette);
  const [from, to] = [data.edges[0]!, data.edges[data.edges.length - 1]!];
  const known = knownOf(data);
  const axis = valueAxis(Math.min(...known), Math.max(...known));
  const labels = axis.ticks.map((tick) => format(tick, data.unit));
  yield;
  const left = Math.max(...labels.map((label) => textWidth(label, letter))) + 24;
  const right = width - margin.right;
  const bottom = height - margin.bottom;
  const place = {
    x: (time: number) => left + ((time - from) / (to - from)) * (right - left),
    y: (value: number) =>
      bottom - ((value - axis.low) / (axis.high - axis.low)) * (bottom - margin.top),
  };
  for (const [i, tick] of axis.ticks.entries()) {
    const y = Math.round(place.y(tick));
    image.fill(left, y, right - left, 1, colors.grid);
    const label = labels[i]!;
    const top = Math.max(0, y - Math.floor(textHeight(letter) / 2));
    image.write(label, left - 12 - textWidth(label, letter), top, colors.text, letter);
    yield;
  }
  const clock = clockOf(data.zone);
  yield;
  const hours = stepEdges(from, to, hoursApart * hour, data.zone);
  yield;
  for (const tick of hours) {
    if (tick < from || tick > to) continue;
    const x = Math.round(place.x(tick));
    image.fill(x, margin.top, 1, bottom - margin.top, colors.grid);
    const label = clock.format(tick);
    const start = Math.min(x - textWidth(label, letter) / 2, width - textWidth(label, letter));
    image.write(label, Math.round(start), bottom + 12, colors.text, letter);
    yield;
  }
  drawBand(image, data, place);
  yield;
  yield* drawLine(image, data, place);
  if (data.limit !== null) drawLimit(image, left, right, Math.round(place.y(data.limit)));
  return image;
}

interface Place {
  x: (time: number) => number;
  y: (value: number) => number;
}

function knownOf({ min, max, limit }: PictureData): number[] {
  const all = [...Array.from(min), ...Array.from(max), ...(limit === null ? [] : [limit])];
  const known = all.filter((value) => Number.isFinite(value));
  return known.length > 0 ? known : [0];
}

function drawBand(image: IndexedImage, { edges, min, max }: PictureData, place: Place) {
  for (let i = 0; i < min.length; i++) {
    if (Number.isNaN(min[i]!)) continue;
    const [start, end] = [Math.round(place.x(edges[i]!)), Math.round(place.x(edges[i + 1]!))];
    const [top, bottom] = [Math.round(place.y(max[i]!)), Math.round(place.y(min[i]!))];
    image.fill(start, top, end - start, bottom - top + 1, colors.band);
  }
}

// A line of even height in each column, with soft edges. Nothing is drawn over a gap.
function* drawLine(
  image: IndexedImage,
  { edges, average }: PictureData,
  place: Place,
): Generator<void, void> {
  const middle = (i: number) => place.x((edges[i]! + edges[i + 1]!) / 2);
  for (let i = 0; i < average.length; i++) {
    if (Number.isNaN(average[i]!)) continue;
    const y = place.y(average[i]!);
    const isLast = i + 1 === average.length || Number.isNaN(average[i + 1]!);
    const [x, next] = [middle(i), middle(isLast ? i : i + 1)];
    const nextY = isLast ? y : place.y(average[i + 1]!);
    const slope = isLast ? 0 : (nextY - y) / (next - x);
    // What a line of that width covers of a column, the steeper the more.
    const half = halfLine * Math.hypot(1, slope);
    const [highest, lowest] = [Math.min(y, nextY) - halfLine, Math.max(y, nextY) + halfLine];
    for (let column = Math.ceil(x - halfLine); column < next + halfLine; column++) {
      const center = y + (Math.min(Math.max(column, x), next) - x) * slope;
      drawColumn(image, column, Math.max(highest, center - half), Math.min(lowest, center + half));
    }
    yield;
  }
}

function drawColumn(image: IndexedImage, x: number, top: number, bottom: number) {
  for (let y = Math.floor(top); y < bottom; y++) {
    if (y < 0 || y >= image.height) continue;
    const covered = Math.min(1, y + 1 - top, bottom - y);
    const shade = Math.round(covered * 4);
    const below = image.at(x, y);
    if (shade === 0 || below === colors.line) continue;
    const soft = below === colors.band ? colors.onBand : colors.onPaper;
    image.set(x, y, shade === 4 ? colors.line : soft + shade - 1);
  }
}

function drawLimit(image: IndexedImage, left: number, right: number, y: number) {
  for (let x = left; x < right; x += 16) {
    image.fill(x, y - 1, Math.min(10, right - x), 3, colors.limit);
  }
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', {
      ...(zone !== '' && { timeZone: zone }),
      hour: '2-digit',
      minute: '2-digit',
    });
    clocks.set(zone, clock);
  }
  return clock;
}

/** The three colours between two. */
function shades(from: Rgb, to: Rgb): Rgb[] {
  return [0.25, 0.5, 0.75].map((share) => {
    const mixed = from.map((value, i) => Math.round(value + (to[i]! - value) * share));
    return mixed as unknown as Rgb;
  });
}
