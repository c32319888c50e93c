import { format } from '../contract/units.ts';
import { metricName } from '../shared/metric-name.ts';
import type { Translate } from '../shared/problem.ts';
import { summaryWords } from './result-summary.ts';
import type { TryOutAnswer } from './try-out.ts';

/** Shows what a try-out of a device gave: a sentence, what had to be left out, and folded a row a reading. */
export function showReadings(
  result: JQuery,
  { summary, readings, problem }: TryOutAnswer,
  t: Translate,
): void {
  $('<div>')
    .text(`✓ ${summaryWords(summary, t, navigator.language)}`)
    .appendTo(result);
  if (problem !== undefined) $('<div class="netmon-trouble">').text(problem).appendTo(result);
  const body = $('<tbody>');
  // The first tells of the device as a whole: its labels are those that all have.
  const shared = readings[0]?.labels ?? {};
  for (const { metric, labels, value, unit } of readings) {
    const own = Object.entries(labels).filter(([name]) => !Object.hasOwn(shared, name));
    $('<tr>')
      .append(
        $('<td>').text(metricName(metric, t)).attr('title', metric),
        $('<td>').text(own.map(([name, label]) => `${name}=${label}`).join(', ')),
        $('<td class="netmon-number">').text(format(value, unit, navigator.language)),
      )
      .appendTo(body);
  }
  const details = $('<details>')
    .append($('<summary>').text(t('device-poll.result.details')), $('<table>').append(body))
    .appendTo(result);
  const more = summary.readings - readings.length;
  if (more > 0) {
    $('<div class="netmon-hint">')
      .text(t('device-poll.result.more', { count: String(more) }))
      .appendTo(details);
  }
}
