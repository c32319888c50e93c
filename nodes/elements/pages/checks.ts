import { Fragment, h } from 'preact';
import type { ChecksPage, StatusPage } from '../../contract/pages.ts';
import { AvailabilityTable } from '../parts/availability.ts';
import { headline } from '../parts/headline.ts';
import { Card } from '../view/card.ts';
import { useEnv } from '../view/env.ts';
import { deviceText } from '../view/text.ts';
import { countsOf } from './devices.ts';
import { Headline } from './headline.ts';

/** The services that are checked. */
export function Checks({ page }: { page: ChecksPage }) {
  const { words } = useEnv();
  const counts = { devices: countsOf([]), checks: countsOf(page.lines) };
  const { text, tone } = headline(counts, words);
  const title = page.lines.length > 0 ? text : words.t('elements.headline.nothing-checked');
  return h(
    Fragment,
    null,
    h(Headline, { title, tone, page }),
    h(
      Card,
      {
        title: words.t('elements.card.checks'),
        note: words.t('elements.availability.note'),
        span: 12,
      },
      h(AvailabilityTable, { kind: 'checks', lines: page.lines }),
    ),
  );
}

/** What others may see: states and availability, without links and controls. */
export function Status({ page }: { page: StatusPage }) {
  const { words } = useEnv();
  const of = (isCheck: boolean) =>
    countsOf(page.lines.filter(({ kind }) => (kind === 'check') === isCheck));
  const { text, tone } = headline({ devices: of(false), checks: of(true) }, words);
  const title = deviceText(page.title);
  return h(
    Fragment,
    null,
    h(Headline, { title: text, tone, note: title === '' ? null : title, page }),
    h(
      Card,
      {
        title: words.t('elements.card.availability'),
        note: words.t('elements.availability.note'),
        span: 12,
      },
      h(AvailabilityTable, { kind: 'status', lines: page.lines }),
    ),
  );
}
