import { h } from 'preact';
import type { PortLine, PortState } from '../../contract/pages.ts';
import { useEnv } from '../view/env.ts';
import { Link } from '../view/link.ts';
import { Sign, toneOf } from '../view/state-mark.ts';
import { deviceText } from '../view/text.ts';
import type { Words } from '../words/words.ts';
import { portGroups } from './port-groups.ts';

const states: PortState[] = ['up', 'busy', 'lost-link', 'no-link', 'switched-off', 'unknown'];

/** How many ports are in which state: "43 up · 2 lost the link". */
export function portCounts(ports: readonly PortLine[], words: Words): string {
  const physical = ports.filter(({ isVirtual }) => !isVirtual);
  // A busy port is up.
  const shown = states.filter((state) => state !== 'busy');
  return shown
    .map((state) => {
      const isOf = (port: PortLine) =>
        port.state === state || (state === 'up' && port.state === 'busy');
      return { state, count: physical.filter(isOf).length };
    })
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${words.number(count)} ${words.state(state)}`)
    .join(' · ');
}

/** The ports of a device as cells in its order. */
export function PortCells({ ports }: { ports: readonly PortLine[] }) {
  const { words } = useEnv();
  const groups = portGroups(ports);
  const there = new Set(groups.flatMap((group) => group.ports.map(({ port }) => port.state)));
  return h(
    'div',
    { class: 'port-map' },
    groups.map(({ prefix, ports: cells }) =>
      h(
        'div',
        { key: `${prefix}${cells[0]!.port.name}`, class: prefix === '' ? 'named' : 'row' },
        groups.length > 1 ? h('small', { class: 'cut' }, `${deviceText(prefix)}…`) : null,
        h(
          'ul',
          { class: 'ports' },
          cells.map(({ port, label }) => h('li', { key: port.name }, cell(port, label, words))),
        ),
      ),
    ),
    h(
      'p',
      { class: 'legend' },
      states
        .filter((state) => there.has(state))
        .map((state) =>
          h(
            'span',
            { key: state, class: toneOf(state) },
            h('i', { class: `key ${state}`, 'aria-hidden': 'true' }),
            words.state(state),
          ),
        ),
    ),
  );
}

function cell(port: PortLine, label: string, words: Words) {
  const text = [
    [port.name, port.alias].map(deviceText).filter(Boolean).join(' '),
    words.state(port.state),
    ...(port.utilization === null ? [] : [words.percent(port.utilization)]),
  ].join(', ');
  const isLost = port.state === 'lost-link';
  return h(
    Link,
    {
      to: { page: 'port', device: port.device, interface: port.name },
      class: `port ${port.state}`,
      title: text,
    },
    h('span', { class: 'cut', 'aria-hidden': 'true' }, deviceText(label)),
    isLost ? h(Sign, { tone: 'crit' }) : null,
    h('span', { class: 'hidden' }, text),
  );
}
