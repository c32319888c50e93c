import { h } from 'preact';
import type { ChangeLine } from '../../contract/pages.ts';
import { changeSentence } from '../../shared/changes/change-sentence.ts';
import type { Route } from '../state/route.ts';
import { useEnv } from '../view/env.ts';
import { Link } from '../view/link.ts';
import { deviceText } from '../view/text.ts';
import { changeWords, shownLabels } from '../words/change-words.ts';
import type { Words } from '../words/words.ts';
import { ChangeCurve } from './change-curve.ts';

interface ChangeListProps {
  lines: readonly ChangeLine[];
  /** when the span begins, ms since the Unix epoch */
  from: number;
}

/** What moved, the largest first: a sentence, when, and a curve each. */
export function ChangeList({ lines, from }: ChangeListProps) {
  const { words } = useEnv();
  const said = changeWords(words);
  return h(
    'ol',
    { class: 'changes' },
    lines.map((line) => {
      const route = routeOf(line.labels);
      const text = changeSentence({ ...line, labels: shownLabels(line.labels) }, said);
      return h(
        'li',
        { key: `${line.metric} ${JSON.stringify(line.labels)} ${line.kind}` },
        h('span', { class: `way ${wayOf(line)}`, 'aria-hidden': 'true' }, signs[wayOf(line)]),
        h(
          'p',
          null,
          route ? h(Link, { to: route }, text) : h('b', null, text),
          h('small', { title: words.moment(line.time) }, detailOf(line, words)),
        ),
        h(ChangeCurve, { curve: line.curve, from }),
      );
    }),
  );
}

const signs = { up: '▲', down: '▼', began: '+', ended: '×', along: '≈' } as const;

function wayOf({ kind, before, after }: ChangeLine): keyof typeof signs {
  if (kind !== 'moved') return kind;
  if (before === undefined || after === undefined) return 'along';
  return after > before ? 'up' : 'down';
}

function detailOf({ time, correlation, also }: ChangeLine, words: Words): string {
  const names = also.slice(0, 4).map((metric) => deviceText(words.metric(metric)));
  return [
    words.clock(time),
    ...(correlation === undefined
      ? []
      : [words.t('elements.changes.correlation', { value: words.number(correlation, 2, true) })]),
    ...(names.length === 0 ? [] : [words.t('elements.changes.also', { names: names.join(', ') })]),
  ].join(' · ');
}

/** The page that a series is about; undefined where it is about no device. */
export function routeOf({ device, interface: port }: Record<string, string>): Route | undefined {
  if (!device) return undefined;
  return port ? { page: 'port', device, interface: port } : { page: 'device', device };
}
