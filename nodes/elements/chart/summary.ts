import type { Chart, Line } from '../../contract/pages.ts';
import { deviceText } from '../view/text.ts';
import type { Words } from '../words/words.ts';
import { plotOf, shownLines } from './plot.ts';

/** The figures of a line that a legend shows, as texts. */
export function figuresOf(
  line: Line,
  words: Words,
): { name: string; label: string; text: string }[] {
  const { last, mean, highest, percentile95 } = line;
  const figures: [string, number | null | undefined][] = [
    ['last', last],
    ['mean', mean],
    ['highest', highest],
    ['percentile95', percentile95],
  ];
  return figures
    .filter(([name, value]) => name !== 'percentile95' || typeof value === 'number')
    .map(([name, value]) => ({
      name,
      label: words.t(`elements.legend.${name}`),
      text: words.value(value, line.unit),
    }));
}

/** What a line is called: of a direction of traffic "wan in". */
export function lineName(line: Pick<Line, 'name' | 'role' | 'isOther'>, words: Words): string {
  const { name, role, isOther } = line;
  if (isOther) return words.t('elements.traffic.others');
  const text = deviceText(name);
  if (role === 'value') return text;
  const direction = words.t(`elements.role.${role}`);
  return text === '' || text === role || text === direction ? direction : `${text} ${direction}`;
}

/** A chart in words, for those who do not see it: each line with its figures. */
export function summaryOf(chart: Chart, words: Words): string {
  const lines = shownLines(chart).map((line) => {
    const figures = figuresOf(line, words).map(({ label, text }) => `${label} ${text}`);
    return `${lineName(line, words)}: ${figures.join(', ')}`;
  });
  const title = deviceText(chart.title);
  return `${title}. ${lines.length > 0 ? lines.join('. ') : words.t('elements.chart.none')}`;
}

/** What stands beside a chart's title: "Mbit/s, in above, out below; pale: the day before". */
export function noteOf(chart: Chart, words: Words, comparison: string): string {
  // As the axis has it, of which the largest value is not all: areas stand on top of each other.
  const { unit } = plotOf(chart, 'light');
  const parts = [unit === '1' ? '' : unit];
  if (chart.isMirrored) parts.push(words.t('elements.chart.mirrored'));
  if (comparison !== 'none' && chart.lines.some(({ before }) => before)) {
    const args = { before: words.t(`elements.compare.${comparison}`) };
    parts.push(words.t('elements.chart.pale', args));
  }
  if (chart.lines.some(({ normal }) => normal)) parts.push(words.t('elements.chart.normal'));
  return parts.filter((part) => part !== '').join(', ');
}
