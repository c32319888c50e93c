import type { DeviceState, OverviewPage } from '../../contract/pages.ts';
import type { Tone } from '../view/state-mark.ts';
import type { Words } from '../words/words.ts';

type Counts = Pick<OverviewPage['counts'], 'devices' | 'checks'>;

/** The state of the network in one sentence: "1 device down, 2 degraded, 1 check down". */
export function headline({ devices, checks }: Counts, words: Words): { text: string; tone: Tone } {
  const parts: string[] = [];
  const tell = (kind: 'devices' | 'checks', counts: Record<DeviceState, number>) => {
    const first = parts.length;
    for (const state of ['down', 'degraded'] as const) {
      if (counts[state] <= 0) continue;
      const args = { state: words.state(state) };
      // What is counted is said once.
      parts.push(
        parts.length === first
          ? words.count(`elements.headline.${kind}`, counts[state], args)
          : words.t('elements.headline.more', { ...args, count: words.number(counts[state]) }),
      );
    }
  };
  tell('devices', devices);
  tell('checks', checks);
  if (parts.length > 0) {
    const isDown = devices.down + checks.down > 0;
    // A line breaks between them only.
    const text = parts.map((part) => part.replaceAll(' ', '\u00a0')).join(', ');
    return { text, tone: isDown ? 'crit' : 'warn' };
  }
  const [deviceSum, checkSum] = [sum(devices), sum(checks)];
  if (deviceSum + checkSum === 0) {
    return { text: words.t('elements.headline.nothing'), tone: 'off' };
  }
  const unknown = devices.unknown + checks.unknown;
  if (unknown > 0) {
    return { text: words.count('elements.headline.unknown', unknown), tone: 'off' };
  }
  if (checkSum === 0) {
    return { text: words.count('elements.headline.devices-up', deviceSum), tone: 'ok' };
  }
  if (deviceSum === 0) {
    return { text: words.count('elements.headline.checks-up', checkSum), tone: 'ok' };
  }
  return { text: words.t('elements.headline.all-up'), tone: 'ok' };
}

function sum(counts: Record<DeviceState, number>): number {
  return Object.values(counts).reduce((a, b) => a + b, 0);
}
