import { ask } from '../shared/editor/ask.ts';
import type { Table } from '../shared/editor/table.ts';
import type { Translate } from '../shared/problem.ts';
import type { HeardAnswer } from './heard.ts';

/**
 * Shows who has sent anything to the deployed node, and lets those that are not in the list be put into it.
 * @param id of the node
 */
export function showHeard(id: string, exporters: Table, t: Translate): void {
  const result = $('#netmon-flow-heard');
  const word = (key: string, params: Record<string, string> = {}) =>
    t(`flow-collector.${key}`, params);
  const row = (name: string, told: string) =>
    $('<tr>').append($('<td>').text(name), $('<td>').text(told));

  const show = ({ exporters: known, unknown }: HeardAnswer) => {
    result.empty();
    if (known.length + unknown.length === 0) {
      result.text(word('heard.nothing'));
      return;
    }
    const body = $('<tbody>');
    for (const { address, name, formats, flows, factor, lost } of known) {
      const params = {
        ...{ formats: formats.join(', '), factor: String(factor) },
        ...{ flows: flows.toLocaleString(), lost: lost.toLocaleString() },
      };
      const called = name === address ? address : `${name} (${address})`;
      body.append(row(called, word('heard.flows', params)));
    }
    for (const { address, datagrams } of unknown) {
      const line = row(address, word('heard.unknown', { datagrams: datagrams.toLocaleString() }));
      const button = $('<button type="button" class="red-ui-button red-ui-button-small">');
      button.text(word('label.take')).on('click', () => {
        const isThere = exporters.rows().some((one) => one.address === address);
        if (!isThere) exporters.append([{ address }]);
        button.prop('disabled', true);
      });
      line.children().last().append(' ', button);
      body.append(line);
    }
    result.append($('<table>').append(body));
  };

  const refresh = async () => {
    try {
      show(await ask<HeardAnswer>('flow-collector/heard', { id }, t));
    } catch (error) {
      result.empty().append($('<div class="netmon-trouble">').text((error as Error).message));
    }
  };
  $('#netmon-flow-refresh').on('click', (event) => {
    event.preventDefault();
    void refresh();
  });
}
