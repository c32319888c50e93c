import { h } from 'preact';
import type { BarSlice } from '../../contract/pages.ts';
import { useEnv } from '../view/env.ts';
import { toneOf } from '../view/state-mark.ts';
import type { Words } from '../words/words.ts';

/** A slice in one sentence: "14:00 to 14:30: down, 62 % up". */
export function sliceText({ start, end, state, percent }: BarSlice, words: Words): string {
  const span = words.t('elements.bar.span', { from: words.clock(start), to: words.clock(end) });
  const share = percent === null ? '' : `, ${words.availability(percent)}`;
  return `${span}: ${words.state(state)}${share}`;
}

/** What was not up, in one sentence for those who do not see the bar. */
export function barText(slices: readonly BarSlice[], words: Words): string {
  const told: string[] = [];
  for (let i = 0; i < slices.length;) {
    const { start, state } = slices[i]!;
    let end = i;
    while (slices[end + 1]?.state === state) end++;
    if (state === 'down' || state === 'degraded') {
      const args = { from: words.clock(start), to: words.clock(slices[end]!.end) };
      told.push(`${words.t('elements.bar.span', args)}: ${words.state(state)}`);
    }
    i = end + 1;
  }
  if (told.length > 0) return told.slice(0, 8).join('; ');
  const isKnown = slices.some(({ state }) => state !== 'unknown');
  return words.t(isKnown ? 'elements.bar.always-up' : 'elements.bar.unknown');
}

/** How a device was over time, a piece a slice. */
export function HistoryBar({ slices }: { slices: readonly BarSlice[] }) {
  const { words } = useEnv();
  return h(
    'div',
    { class: 'beat', role: 'img', 'aria-label': barText(slices, words) },
    slices.map((slice) =>
      h('i', {
        key: slice.start,
        class: slice.state === 'unknown' ? 'off' : toneOf(slice.state),
        title: sliceText(slice, words),
      }),
    ),
  );
}
