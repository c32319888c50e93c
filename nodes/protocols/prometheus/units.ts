const units: Record<string, string> = {
  bytes: 'B',
  seconds: 's',
  milliseconds: 'ms',
  celsius: '°C',
  percent: '%',
};

const perSecond: Record<string, string> = { bytes: 'B/s', seconds: '1' };

/**
 * The unit of a metric by the end of its name, as https://prometheus.io/docs/practices/naming/ has it;
 * of a counter that of its rate.
 */
export function unitOf(name: string, counter: boolean): string {
  const parts = name.split('_').filter((part) => !['total', 'sum'].includes(part));
  const last = parts.at(-1) ?? '';
  if (counter) return Object.hasOwn(perSecond, last) ? perSecond[last]! : '1/s';
  return Object.hasOwn(units, last) ? units[last]! : '1';
}
