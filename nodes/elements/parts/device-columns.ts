import { h } from 'preact';
import type { DeviceLine, DeviceState } from '../../contract/pages.ts';
import { Link } from '../view/link.ts';
import { StateMark } from '../view/state-mark.ts';
import { deviceText } from '../view/text.ts';
import type { Words } from '../words/words.ts';
import { HistoryBar } from './history-bar.ts';
import type { Column } from './table.ts';

const worst: DeviceState[] = ['down', 'degraded', 'unknown', 'maintenance', 'up'];

/** The columns that lists of devices and checks have in common. */
export function deviceColumns(
  words: Words,
  label: string,
): Record<'name' | 'state' | 'bar' | 'day' | 'month' | 'response' | 'loss', Column<DeviceLine>> {
  return {
    name: {
      name: 'name',
      label,
      inCard: 'head',
      class: 'name',
      value: ({ title }) => title,
      cell: (line) => {
        const title = deviceText(line.title);
        const detail = deviceText(line.detail);
        return h(
          'div',
          null,
          h(Link, { to: { page: 'device', device: line.name }, class: 'cut', title }, title),
          detail ? h('small', { class: 'cut', title: detail }, detail) : null,
        );
      },
    },
    state: {
      name: 'state',
      label: words.t('elements.column.state'),
      inCard: 'state',
      class: 'state-cell',
      isNumber: false,
      value: ({ state }) => worst.indexOf(state),
      cell: ({ state, since, reason }) => [
        h(StateMark, { state, since }),
        reason && state !== 'up'
          ? h('small', { class: 'cut', title: deviceText(reason) }, deviceText(reason))
          : null,
      ],
    },
    bar: {
      name: 'bar',
      label: words.t('elements.column.day-bar'),
      inCard: 'wide',
      class: 'bar-cell',
      cell: ({ availability }) =>
        availability ? h(HistoryBar, { slices: availability.slices }) : null,
    },
    day: {
      name: 'day',
      label: words.t('elements.column.day'),
      isNumber: true,
      value: ({ availability }) => availability?.day ?? null,
      cell: ({ availability }) => words.availability(availability?.day),
    },
    month: {
      name: 'month',
      label: words.t('elements.column.month'),
      isNumber: true,
      isExtra: true,
      value: ({ availability }) => availability?.month ?? null,
      cell: ({ availability }) => words.availability(availability?.month),
    },
    response: {
      name: 'response',
      label: words.t('elements.column.response'),
      isNumber: true,
      value: ({ responseTime }) => responseTime,
      cell: ({ responseTime, state }) => words.value(state === 'down' ? null : responseTime, 'ms'),
    },
    loss: {
      name: 'loss',
      label: words.t('elements.column.loss'),
      isNumber: true,
      isExtra: true,
      value: ({ packetLoss }) => packetLoss,
      cell: ({ packetLoss }) => words.percent(packetLoss),
    },
  };
}
