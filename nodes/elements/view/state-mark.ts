import { h } from 'preact';
import type { DeviceState, PortState } from '../../contract/pages.ts';
import { useEnv } from './env.ts';

/** The tone of a state or severity: a token for its text. */
export type Tone = 'ok' | 'warn' | 'crit' | 'off' | 'info';

const signs: Record<Tone, string> = { ok: '●', warn: '▲', crit: '◆', off: '○', info: '■' };

const tones: Record<DeviceState | PortState, Tone> = {
  ...{ up: 'ok', degraded: 'warn', down: 'crit', maintenance: 'info', unknown: 'off' },
  ...{ busy: 'warn', 'lost-link': 'crit', 'no-link': 'off', 'switched-off': 'off' },
};

const severities: Record<string, Tone> = { critical: 'crit', warning: 'warn', info: 'info' };

export function toneOf(state: DeviceState | PortState): Tone {
  return Object.hasOwn(tones, state) ? tones[state] : 'off';
}

export function toneOfSeverity(severity: string): Tone {
  return Object.hasOwn(severities, severity) ? severities[severity]! : 'ok';
}

/** The sign of a tone, which words stand beside. */
export function Sign({ tone }: { tone: Tone }) {
  return h('span', { class: `sign ${tone}`, 'aria-hidden': 'true' }, signs[tone]);
}

/** A state by sign, word and colour, and for how long: "◆ down 14 min". */
export function StateMark(props: { state: DeviceState | PortState; since?: number | null }) {
  const { words, now } = useEnv();
  const tone = toneOf(props.state);
  const since = props.since ?? null;
  return h(
    'span',
    { class: `state ${tone}`, title: since === null ? undefined : words.moment(since) },
    h(Sign, { tone }),
    words.state(props.state),
    since === null ? null : h('span', { class: 'since' }, ` ${words.span(now - since)}`),
  );
}
