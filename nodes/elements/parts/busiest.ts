import { h } from 'preact';
import type { PortLine } from '../../contract/pages.ts';
import { useEnv } from '../view/env.ts';
import { Link } from '../view/link.ts';
import { deviceText } from '../view/text.ts';

/**
 * How long the two bars of a port are, in %: of its line, or where no speed is known, of the busiest such port.
 */
export function barsOf(port: PortLine, largestRate: number): { in: number; out: number } {
  const bar = (share: number | null, rate: number | null) => {
    const length = share ?? (largestRate > 0 && rate !== null ? (rate / largestRate) * 100 : 0);
    return Math.max(0, Math.min(100, length));
  };
  return {
    in: bar(port.inUtilization, port.inRate),
    out: bar(port.outUtilization, port.outRate),
  };
}

interface BusiestProps {
  ports: readonly PortLine[];
  /** names and titles */
  devices: readonly { name: string; title: string }[];
}

/** The busiest ports as bars, in above out. */
export function Busiest({ ports, devices }: BusiestProps) {
  const { words } = useEnv();
  if (ports.length === 0) return h('p', { class: 'calm' }, words.t('elements.busiest.none'));
  const titles = new Map(devices.map(({ name, title }) => [name, title]));
  const largest = Math.max(
    0,
    ...ports.map((port) => Math.max(port.inRate ?? 0, port.outRate ?? 0)),
  );
  return h(
    'ol',
    { class: 'bars' },
    ports.map((port) => {
      const bars = barsOf(port, largest);
      const rate = Math.max(port.inRate ?? 0, port.outRate ?? 0);
      const isBusy = port.state === 'busy';
      const title = titles.get(port.device) ?? port.device;
      const [name, device, alias] = [port.name, title, port.alias].map(deviceText);
      const about = [device, alias].filter((text) => text !== '').join(' · ');
      return h(
        'li',
        { key: `${port.device}\n${port.name}` },
        h(
          'div',
          { class: 'who', title: `${name!} · ${about}` },
          h(
            Link,
            { to: { page: 'port', device: port.device, interface: port.name }, class: 'cut' },
            name,
          ),
          h('small', { class: 'cut' }, about),
        ),
        h(
          'div',
          { class: 'two', 'aria-hidden': 'true' },
          h('i', null, h('u', { class: 'in', style: { width: `${bars.in}%` } })),
          h('i', null, h('u', { class: 'out', style: { width: `${bars.out}%` } })),
        ),
        h(
          'span',
          { class: 'num', title: inAndOut(port, words) },
          words.value(rate, 'bit/s'),
          h('span', { class: 'hidden' }, ` (${inAndOut(port, words)})`),
        ),
        h('b', { class: `num ${isBusy ? 'warn' : ''}` }, words.percent(port.utilization)),
      );
    }),
  );
}

/** "in 8.7 Gbit/s, out 2.2 Gbit/s" */
function inAndOut(
  { inRate, outRate }: PortLine,
  words: ReturnType<typeof useEnv>['words'],
): string {
  const args = { in: words.value(inRate, 'bit/s'), out: words.value(outRate, 'bit/s') };
  return words.t('elements.busiest.in-and-out', args);
}
