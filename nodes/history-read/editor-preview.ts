import { format } from '../contract/units.ts';
import { palette } from '../shared/palette.ts';
import type { Translate } from '../shared/problem.ts';
import type { ChartPreview, Preview, PreviewLine, PreviewRow } from './preview.ts';

const width = 480;
const height = 110;
/** for a line at the very edge */
const edge = 3;

/** Draws what a request would read: a small chart for each unit, with the last value of each line, or a table. */
export function drawPreview(result: JQuery, preview: Preview, t: Translate): void {
  const { more } = preview;
  if ('rows' in preview ? preview.rows.length === 0 : preview.lines.length === 0) {
    result.append($('<div>').text(t('history-read.status.none')));
    return;
  }
  if ('rows' in preview) {
    result.append(tableOf(preview.rows, t));
  } else {
    for (const unit of new Set(preview.lines.map((line) => line.unit))) {
      result.append(chartOf(preview, unit, t));
    }
  }
  if (more > 0) {
    result.append($('<div>').text(t('history-read.preview.more', { count: String(more) })));
  }
}

function tableOf(rows: readonly PreviewRow[], t: Translate): JQuery {
  const heads = ['', '', t('history-read.preview.day'), t('history-read.preview.month')];
  return $('<div class="netmon-availability">').append(
    ...heads.map((head) => $('<b>').text(head)),
    ...rows.flatMap(({ name, bar, up24h, up30d }) => [
      $('<span>').text(name),
      $('<div aria-hidden="true">').append(...bar.map(sliceOf)),
      ...[up24h, up30d].map((share) => $('<span>').text(percent(share))),
    ]),
  );
}

function sliceOf({ start, end, state, percent: share }: PreviewRow['bar'][number]): JQuery {
  const [from, to] = [start, end].map((time) => new Date(time).toLocaleTimeString());
  return $('<i>')
    .addClass(`netmon-availability-${state}`)
    .attr('title', `${from} – ${to} ${percent(share)}`);
}

function percent(share: number | null): string {
  return share === null ? '' : format(share, '%', navigator.language);
}

function chartOf({ from, to, lines }: ChartPreview, unit: string, t: Translate): JQuery {
  const own = lines.map((line, i) => ({ line, color: palette[i % palette.length]! }));
  const shown = own.filter(({ line }) => line.unit === unit);
  const known = shown.flatMap(({ line }) => line.values.filter((value) => value !== null));
  const [low, high] = rangeOf(known);
  const x = (time: number) => ((time - from) / (to - from)) * width;
  const y = (value: number) =>
    height - edge - ((value - low) / (high - low || 1)) * (height - 2 * edge);
  const svg = element('svg', {
    viewBox: `0 0 ${width} ${height}`,
    preserveAspectRatio: 'none',
    role: 'img',
    'aria-label': t('history-read.preview.chart', {
      low: format(low, unit, navigator.language),
      high: format(high, unit, navigator.language),
    }),
  });
  for (const { line, color } of shown) {
    for (const points of piecesOf(line, x, y)) {
      svg.append(
        element('polyline', {
          points: points.length > 1 ? points.join(' ') : `${points[0]!} ${points[0]!}`,
          fill: 'none',
          stroke: color,
          'stroke-width': '1.5',
          'stroke-linecap': 'round',
          'vector-effect': 'non-scaling-stroke',
        }),
      );
    }
  }
  const times = [from, to].map((time) => $('<span>').text(new Date(time).toLocaleString()));
  return $('<div class="netmon-preview">').append(
    $('<div class="netmon-preview-range">').append(
      $('<span>').text(format(high, unit, navigator.language)),
      $('<span>').text(format(low, unit, navigator.language)),
    ),
    $('<div class="netmon-preview-plot">').append($(svg)),
    $('<div class="netmon-preview-times">').append(...times),
    ...shown.map(({ line, color }) => legendOf(line, color)),
  );
}

// From 0 on where all is above: a line does not look steeper than it is.
function rangeOf(values: readonly number[]): [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b), 0);
  const high = values.reduce((a, b) => Math.max(a, b), low);
  return [low, high];
}

// A gap is no line.
function piecesOf(
  { times, values }: PreviewLine,
  x: (time: number) => number,
  y: (value: number) => number,
): string[][] {
  const pieces: string[][] = [[]];
  for (const [i, value] of values.entries()) {
    if (value === null) pieces.push([]);
    else pieces.at(-1)!.push(`${x(times[i]!).toFixed(1)},${y(value).toFixed(1)}`);
  }
  return pieces.filter(({ length }) => length > 0);
}

function legendOf({ legend, unit, values }: PreviewLine, color: string): JQuery {
  const last = values.findLast((value) => value !== null);
  return $('<div class="netmon-preview-legend">').append(
    $('<i>').css('background', color),
    $('<span>').text(legend),
    $('<b>').text(last === undefined ? '' : format(last, unit, navigator.language)),
  );
}

function element(name: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
