import { h } from 'preact';
import type { OverviewPage } from '../../contract/pages.ts';
import { useEnv } from '../view/env.ts';
import { Link } from '../view/link.ts';
import { Sign, toneOf } from '../view/state-mark.ts';
import { deviceText } from '../view/text.ts';

/** tiles that are drawn; the device page lists all */
const most = 300;

/** A tile a device, coloured by its state. */
export function DeviceGrid({ grid }: { grid: OverviewPage['grid'] }) {
  const { words } = useEnv();
  return h(
    'ul',
    { class: 'tiles' },
    grid.slice(0, most).map(({ name, title, state }) => {
      const tone = toneOf(state);
      const text = deviceText(title);
      return h(
        'li',
        { key: name },
        h(
          Link,
          {
            to: { page: 'device', device: name },
            class: `tile ${tone}`,
            title: `${text}: ${words.state(state)}`,
          },
          tone === 'ok' ? null : h(Sign, { tone }),
          h('span', { class: 'cut' }, text),
          h('span', { class: 'hidden' }, `, ${words.state(state)}`),
        ),
      );
    }),
  );
}
