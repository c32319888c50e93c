import uPlot from 'uplot';
import type { Chart } from '../../contract/pages.ts';
import { type ThemeName, themes } from '../theme/tokens.ts';
import { deviceText } from '../view/text.ts';
import type { Words } from '../words/words.ts';
import { fitting, Labels, line } from './labels.ts';
import { axisRange, nearLimits, type Plot, plotOf } from './plot.ts';
import { bandsOf, pointOf, seriesOptions, stackOf } from './series-options.ts';
import { tickLabels, timeTicks } from './time-axis.ts';

/** What a drawn chart needs of its surroundings. */
export interface Surroundings {
  theme: ThemeName;
  words: Words;
  /** Tells which point the cursor is at, null for none, and where that is in the plot, px. */
  onPoint(index: number | null, left: number): void;
}

const font = '11px system-ui, "DejaVu Sans", sans-serif';
const inSync = 'netmon';

/** The token of a limit's colour. */
const tones = { critical: 'crit', warning: 'warn', info: 'info' } as const;

/** A chart drawn by uPlot, which is kept while its lines stay the same, so that a zoom stays too. */
export class DrawnChart {
  readonly #box: HTMLElement;
  readonly #around: Surroundings;
  #chart: Chart;
  #plot: Plot;
  #shape = '';
  #drawn: uPlot | undefined;
  #isZoomed = false;

  constructor(box: HTMLElement, chart: Chart, around: Surroundings) {
    this.#box = box;
    this.#around = around;
    this.#chart = chart;
    this.#plot = plotOf(chart, around.theme);
    this.#draw();
  }

  get plot(): Plot {
    return this.#plot;
  }

  /** The point that the cursor is at. */
  get index(): number | null {
    return this.#drawn?.cursor.idx ?? null;
  }

  /** Shows newer data. */
  update(chart: Chart): void {
    // A chart that has just been made is told of what it shows once more.
    if (chart === this.#chart) return;
    this.#chart = chart;
    this.#plot = plotOf(chart, this.#around.theme);
    if (this.#shapeOf() !== this.#shape || !this.#drawn) {
      this.#draw();
      return;
    }
    this.#drawn.setData(this.#data(), !this.#isZoomed);
    if (this.#isZoomed) this.#drawn.redraw();
  }

  /** Fits the chart to its box. */
  resize(): void {
    const { width, height } = this.#size();
    const drawn = this.#drawn;
    // An observer tells of the size that a box has at first, too.
    if (!drawn || width === 0 || (width === drawn.width && height === drawn.height)) return;
    drawn.setSize({ width, height });
  }

  /** Moves the cursor by so many points, for the keyboard. */
  move(points: number): void {
    const chart = this.#drawn;
    if (!chart) return;
    const [from, to] = [chart.valToIdx(chart.scales.x!.min!), chart.valToIdx(chart.scales.x!.max!)];
    const index = Math.max(from, Math.min(to, (chart.cursor.idx ?? to - points) + points));
    const left = chart.valToPos(this.#plot.times[index]!, 'x');
    chart.setCursor({ left, top: chart.over.clientHeight / 2 });
  }

  /** Takes the cursor away. */
  leave(): void {
    this.#drawn?.setCursor({ left: -10, top: -10 });
  }

  destroy(): void {
    this.#drawn?.destroy();
    this.#drawn = undefined;
  }

  #draw() {
    this.destroy();
    this.#isZoomed = false;
    this.#shape = this.#shapeOf();
    this.#drawn = new uPlot(this.#options(), this.#data(), this.#box);
  }

  // Areas on top of each other hide each other's lines.
  get #isFilled(): boolean {
    return (
      this.#plot.lines.length === 1 || (this.#chart.isMirrored && this.#plot.lines.length === 2)
    );
  }

  // What cannot be changed in a chart that is there.
  #shapeOf(): string {
    const series = this.#plot.series.map(({ kind, look }) => [kind, look]);
    const { isMirrored, isStacked, unit } = this.#chart;
    return JSON.stringify([series, isMirrored, isStacked, unit]);
  }

  #data(): uPlot.AlignedData {
    const { times, series } = this.#plot;
    return [times, ...series.map(({ values }) => values)];
  }

  #size() {
    const { clientWidth: width, clientHeight: height } = this.#box;
    return { width, height: Math.max(120, height) };
  }

  #options(): uPlot.Options {
    const colors = themes[this.#around.theme];
    const { words } = this.#around;
    const { series } = this.#plot;
    const isStacked = this.#chart.isStacked ?? false;
    const stack = stackOf(series);
    return {
      ...this.#size(),
      ms: 1,
      padding: [10, 18, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        points: { size: 7, width: 2, show: (_, i) => pointOf(series[i - 1]) },
        drag: { x: true, y: false, setScale: true },
        sync: { key: inSync, setSeries: false },
      },
      scales: {
        x: { time: true, range: (_, least, most) => this.#timeRange(least, most) },
        y: { range: () => axisRange(this.#plot, nearLimits(this.#chart.limits, this.#plot)) },
      },
      axes: [
        {
          ...{ stroke: colors.muted, font, size: 26, gap: 6 },
          grid: { show: false },
          ticks: { stroke: colors.line, width: 1, size: 4 },
          splits: (chart, _, from, to) =>
            timeTicks(from, to, ((to - from) / Math.max(1, chart.width - 50)) * 64),
          values: (_, ticks) => tickLabels(ticks, words),
        },
        {
          ...{ stroke: colors.muted, font, gap: 6, space: 34 },
          size: (chart, texts) => widthOf(chart, texts),
          grid: { stroke: colors.line, width: 1 },
          ticks: { show: false },
          splits: (chart, _, from, to) => this.#valueTicks(chart, from, to),
          values: (_, ticks) => ticks.map((tick) => this.#valueText(tick)),
        },
      ],
      series: [
        {},
        ...series.map((one, i) => ({
          ...seriesOptions(one, this.#isFilled && !isStacked, this.#around.theme),
          ...(isStacked && { width: 1, ...(i === 0 && stack.lowest) }),
        })),
      ],
      bands: isStacked ? stack.bands! : bandsOf(series),
      hooks: {
        draw: [(chart) => this.#drawMarks(chart)],
        setCursor: [
          (chart) => this.#around.onPoint(chart.cursor.idx ?? null, chart.cursor.left ?? 0),
        ],
        setScale: [(chart, key) => this.#zoomed(chart, key)],
      },
    };
  }

  #timeRange(least: number, most: number): [number, number] {
    // A chart of one point has some time around it.
    return least < most ? [least, most] : [least - 60_000, most + 60_000];
  }

  #zoomed(chart: uPlot, key: string) {
    if (key !== 'x') return;
    const { times } = this.#plot;
    const { min, max } = chart.scales.x!;
    this.#isZoomed = times.length > 1 && (min! > times[0]! || max! < times.at(-1)!);
  }

  // Round numbers in the unit that is shown, which is not always the unit of the values.
  #valueTicks({ bbox }: uPlot, from: number, to: number): number[] {
    const { factor } = this.#plot;
    // What is in the page is not resized yet where the chart is.
    const room = Math.max(2, Math.floor(bbox.height / devicePixelRatio / 34));
    const rough = ((to - from) * factor) / room;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((one) => one >= rough - 1e-12)!;
    const ticks: number[] = [];
    for (let i = Math.ceil((from * factor) / step - 1e-9); i * step <= to * factor + 1e-9; i++) {
      ticks.push((i * step) / factor);
    }
    return ticks;
  }

  #valueText(tick: number): string {
    const value = tick * this.#plot.factor;
    return this.#around.words.number(this.#chart.isMirrored ? Math.abs(value) : value, 6);
  }

  #drawMarks(chart: uPlot) {
    const { ctx, bbox } = chart;
    const colors = themes[this.#around.theme];
    const ratio = devicePixelRatio;
    const right = bbox.left + bbox.width;
    ctx.save();
    ctx.font = font.replace('11px', `${11 * ratio}px`);
    ctx.lineWidth = ratio;
    const zero = chart.valToPos(0, 'y', true);
    line(ctx, colors.edge, [], bbox.left, zero, right, zero);
    const labels = new Labels(ctx, colors.card, ratio);
    for (const { value, severity } of nearLimits(this.#chart.limits, this.#plot)) {
      const color = themes[this.#around.theme][tones[severity]];
      const y = chart.valToPos(value, 'y', true);
      line(ctx, color, [5 * ratio, 4 * ratio], bbox.left, y, right, y);
      const limit = this.#around.words.value(
        this.#chart.isMirrored ? Math.abs(value) : value,
        this.#chart.unit,
      );
      const text = this.#around.words.t('elements.chart.limit', { limit });
      const width = ctx.measureText(text).width;
      const isAtTop = y - 16 * ratio < bbox.top;
      labels.write(text, color, right - width - 4 * ratio, y + (isAtTop ? 9 : -9) * ratio);
    }
    for (const mark of this.#chart.marks) {
      const x = chart.valToPos(mark.time, 'x', true);
      if (!(x >= bbox.left && x <= right)) continue;
      line(ctx, colors.edge, [2 * ratio, 3 * ratio], x, bbox.top, x, bbox.top + bbox.height);
      const text = fitting(ctx, deviceText(mark.text), Math.min(170 * ratio, bbox.width / 2));
      const width = ctx.measureText(text).width;
      const isLeft = x + width + 6 * ratio > right;
      labels.write(
        text,
        colors.muted,
        isLeft ? x - width - 4 * ratio : x + 4 * ratio,
        bbox.top + 4 * ratio,
      );
    }
    ctx.restore();
  }
}

function widthOf(chart: uPlot, texts: string[] | null): number {
  const longest = (texts ?? []).reduce((a, b) => (b.length > a.length ? b : a), '');
  if (longest === '') return 30;
  const { ctx } = chart;
  ctx.save();
  ctx.font = font;
  const { width } = ctx.measureText(longest);
  ctx.restore();
  return Math.ceil(width) + 14;
}
