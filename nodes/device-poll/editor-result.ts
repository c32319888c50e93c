import type { Translate } from '../shared/problem.ts';
import { format } from '../shared/units.ts';
import type { TryOutAnswer } from './try-out.ts';

/** rows shown of a device that has more */
const maxRows = 200;

/** Shows what a try-out of a device gave: a row a reading, below what had to be left out. */
export function showReadings(
  result: JQuery,
  { readings, problem }: TryOutAnswer,
  t: Translate,
): void {
  if (problem !== undefined) $('<div class="netmon-trouble">').text(problem).appendTo(result);
  const body = $('<tbody>');
  // The first tells of the device as a whole: its labels are those that all have.
  const shared = readings[0]?.labels ?? {};
  for (const { metric, labels, value, unit } of readings.slice(0, maxRows)) {
    const own = Object.entries(labels).filter(([name]) => !Object.hasOwn(shared, name));
    $('<tr>')
      .append(
        $('<td>').text(metric),
        $('<td>').text(own.map(([name, label]) => `${name}=${label}`).join(', ')),
        $('<td class="netmon-number">').text(format(value, unit)),
      )
      .appendTo(body);
  }
  $('<table>').append(body).appendTo(result);
  const more = readings.length - maxRows;
  if (more > 0)
    $('<div class="netmon-hint">')
      .text(t('device-poll.result.more', { count: String(more) }))
      .appendTo(result);
}
