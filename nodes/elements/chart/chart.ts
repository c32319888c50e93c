import { h } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Chart as ChartData, Comparison, Line } from '../../contract/pages.ts';
import { type LineLook, looksOf } from '../theme/line-colors.ts';
import { useEnv } from '../view/env.ts';
import { deviceText } from '../view/text.ts';
import type { Words } from '../words/words.ts';
import { nearLimits, type Plot, plotOf, shownLines, valuesAt } from './plot.ts';
import { figuresOf, lineName, summaryOf } from './summary.ts';
import { DrawnChart } from './u-plot.ts';

interface Point {
  index: number;
  left: number;
  /** by the keyboard, so that it is told */
  isTold: boolean;
}

/** values that a tooltip has room for */
const mostTold = 8;

interface ChartProps {
  chart: ChartData;
  compare: Comparison;
  /** where what stands beside it is no legend */
  hasLegend?: boolean;
}

/** A chart with its legend: crosshair with a tooltip, zoom by dragging, and the same in words. */
export function Chart({ chart, compare, hasLegend = true }: ChartProps) {
  const { words, theme } = useEnv();
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef<DrawnChart | undefined>(undefined);
  const byKey = useRef(false);
  const [point, setPoint] = useState<Point | undefined>();
  const isEmpty = chart.lines.every(({ times }) => times.length === 0);

  useEffect(() => {
    if (!box.current || isEmpty) return;
    const one = new DrawnChart(box.current, chart, {
      theme,
      words,
      onPoint: (index, left) =>
        setPoint(index === null || left < 0 ? undefined : { index, left, isTold: byKey.current }),
    });
    drawn.current = one;
    const observer = new ResizeObserver(() => one.resize());
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      one.destroy();
      drawn.current = undefined;
    };
    // A chart is drawn anew for another theme or language; newer data go into it.
  }, [theme, words, isEmpty]);
  useEffect(() => drawn.current?.update(chart), [chart]);

  if (isEmpty) return h('p', { class: 'calm' }, words.t('elements.chart.none'));
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }[event.key];
    byKey.current = true;
    if (step !== undefined) drawn.current?.move(step);
    else if (event.key === 'Escape') drawn.current?.leave();
    else return;
    event.preventDefault();
  };
  const plot = drawn.current?.plot ?? plotOf(chart, theme);
  const isHere = byKey.current || point !== undefined;
  return h(
    'figure',
    { class: 'chart' },
    h(
      'div',
      {
        class: 'plot',
        tabIndex: 0,
        role: 'group',
        'aria-label': `${summaryOf(chart, words)}. ${words.t('elements.chart.keys')}`,
        onKeyDown,
        onPointerMove: () => (byKey.current = false),
        onBlur: () => drawn.current?.leave(),
      },
      h('div', { class: 'canvas', ref: box, 'aria-hidden': 'true' }),
      isHere && point && box.current
        ? h(Tooltip, { ...{ plot, point, words, compare }, width: box.current.clientWidth })
        : null,
    ),
    h(
      'output',
      { class: 'hidden', 'aria-live': 'polite' },
      point?.isTold ? toldAt(plot, point.index, words) : '',
    ),
    hasLegend ? h(Legend, { chart, plot }) : null,
  );
}

interface TooltipProps {
  plot: Plot;
  point: Point;
  words: Words;
  compare: Comparison;
  width: number;
}

function Tooltip({ plot, point, words, compare, width }: TooltipProps) {
  const values = valuesAt(plot, point.index).slice(0, mostTold);
  const time = plot.times[point.index];
  if (time === undefined || values.length === 0) return null;
  const isRight = point.left > width / 2;
  const looks = plot.lines.map((_, i) => plot.series.find(({ line }) => line === i)!.look);
  return h(
    'div',
    { class: `tip ${isRight ? '' : 'at-right'}`, 'aria-hidden': 'true' },
    h('b', null, words.moment(time)),
    values.map(({ line, value, before }) =>
      h(
        'div',
        { key: line },
        h(Swatch, looks[line]!),
        h('span', { class: 'cut' }, lineName(plot.lines[line]!, words)),
        h('b', null, words.value(value, plot.lines[line]!.unit)),
        before === undefined
          ? null
          : h(
              'small',
              null,
              `${words.comparison(compare)} ${words.value(before, plot.lines[line]!.unit)}`,
            ),
      ),
    ),
  );
}

function toldAt(plot: Plot, index: number, words: Words): string {
  const values = valuesAt(plot, index).map(
    ({ line, value }) =>
      `${lineName(plot.lines[line]!, words)} ${words.value(value, plot.lines[line]!.unit)}`,
  );
  const time = plot.times[index];
  return time === undefined ? '' : `${words.moment(time)}: ${values.join(', ')}`;
}

function Swatch({ color, dash }: { color: string; dash: readonly number[] }) {
  return h(
    'svg',
    { class: 'swatch', viewBox: '0 0 22 4', 'aria-hidden': 'true' },
    h('line', {
      ...{ x1: 0, x2: 22, y1: 2, y2: 2, stroke: color, 'stroke-width': 3 },
      'stroke-dasharray': dash.join(' '),
    }),
  );
}

function Legend({ chart, plot }: { chart: ChartData; plot: Plot }) {
  const { words, theme } = useEnv();
  const lines = shownLines(chart);
  const looks = looksOf(lines, theme);
  const figures = lines.map((line) => figuresOf(line, words));
  const far = chart.limits.filter((limit) => !nearLimits([limit], plot).length);
  const limits = far.map(({ value, rule }) =>
    words.t('elements.chart.limit', {
      limit: words.value(value, chart.unit),
      rule: deviceText(rule),
    }),
  );
  const note = limits.length > 0 ? h('p', { class: 'far' }, limits.join(' · ')) : null;
  if (lines.length <= 2) {
    const rows = lines.map((line, i) =>
      h(
        'span',
        { key: i },
        h(Swatch, looks[i]!),
        h('span', null, `${lineName(line, words)} `),
        figures[i]!.map(({ name, label, text }, at) =>
          name === 'last'
            ? h('b', { key: name }, text)
            : h('span', { key: name }, `${at > 0 ? ' · ' : ''}${label} ${text}`),
        ),
      ),
    );
    return h('figcaption', null, h('div', { class: 'legend' }, rows), note);
  }
  if (chart.isMirrored) return h('figcaption', null, h(Pairs, { lines, looks }), note);
  const columns = figures.reduce((a, b) => (b.length > a.length ? b : a), figures[0]!);
  return h(
    'figcaption',
    null,
    h(
      'table',
      { class: 'legend-table' },
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          h('th', { scope: 'col' }, words.t('elements.legend.line')),
          columns.map(({ name, label }) => h('th', { key: name, scope: 'col', class: 'n' }, label)),
        ),
      ),
      h(
        'tbody',
        null,
        lines.map((line, i) =>
          h(
            'tr',
            { key: i },
            h(
              'th',
              { scope: 'row' },
              h(Swatch, looks[i]!),
              h('span', { class: 'cut' }, lineName(line, words)),
            ),
            columns.map(({ name }) =>
              h(
                'td',
                { key: name, class: 'n' },
                figures[i]!.find((one) => one.name === name)?.text ?? '–',
              ),
            ),
          ),
        ),
      ),
    ),
    note,
  );
}

/** in and out of several ports, a row a port */
function Pairs({ lines, looks }: { lines: readonly Line[]; looks: readonly LineLook[] }) {
  const { words } = useEnv();
  const keys = [...new Set(lines.map(({ key }) => key))];
  const roles = ['in', 'out'] as const;
  const shown = ['last', 'mean', 'percentile95'];
  const title = (role: 'in' | 'out', figure: string) =>
    figure === 'last' ? words.t(`elements.role.${role}`) : words.t(`elements.legend.${figure}`);
  const classOf = (figure: string) => (figure === 'last' ? 'n' : 'n pale');
  return h(
    'table',
    { class: 'legend-table' },
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        h('th', { scope: 'col' }, words.t('elements.legend.line')),
        roles.flatMap((role) =>
          shown.map((figure) =>
            h(
              'th',
              { key: `${role} ${figure}`, scope: 'col', class: classOf(figure) },
              title(role, figure),
            ),
          ),
        ),
      ),
    ),
    h(
      'tbody',
      null,
      keys.map((key) => {
        const at = lines.findIndex((line) => line.key === key);
        return h(
          'tr',
          { key },
          h(
            'th',
            { scope: 'row' },
            h(Swatch, looks[at]!),
            h('span', { class: 'cut' }, deviceText(lines[at]!.name)),
          ),
          roles.flatMap((role) => {
            const line = lines.find((one) => one.key === key && one.role === role);
            const figures = line ? figuresOf(line, words) : [];
            return shown.map((figure) =>
              h(
                'td',
                { key: `${role} ${figure}`, class: classOf(figure) },
                figures.find(({ name }) => name === figure)?.text ?? '–',
              ),
            );
          }),
        );
      }),
    ),
  );
}
