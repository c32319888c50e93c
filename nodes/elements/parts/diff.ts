import { h } from 'preact';
import type { DiffHunk, TextDiff } from '../../contract/pages.ts';
import { codeText } from '../view/code.ts';
import { useEnv } from '../view/env.ts';
import { type DiffLine, linesOf, pairsOf } from './diff-rows.ts';

/** What marks a line beside its colour. */
const signs = { same: ' ', removed: '−', added: '+' };

interface DiffProps {
  diff: TextDiff;
  /** for those who do not see it */
  label: string;
  isBeside: boolean;
}

/** What two texts differ in: lines one below the other, or both texts beside each other. */
export function DiffTable({ diff, label, isBeside }: DiffProps) {
  const { words } = useEnv();
  if (diff.isTooLarge) return h('p', { class: 'calm' }, words.t('elements.diff.too-large'));
  if (diff.hunks.length === 0) return h('p', { class: 'calm' }, words.t('elements.diff.none'));
  return h(
    'div',
    { class: 'code' },
    h(
      'table',
      { class: `diff ${isBeside ? 'beside' : ''}`, 'aria-label': label },
      diff.hunks.map((hunk, i) => h(Hunk, { key: i, hunk, isBeside, isFirst: i === 0 })),
    ),
    diff.omitted > 0
      ? h('p', { class: 'calm' }, words.count('elements.diff.omitted', diff.omitted))
      : null,
  );
}

function Hunk({
  hunk,
  isBeside,
  isFirst,
}: {
  hunk: DiffHunk;
  isBeside: boolean;
  isFirst: boolean;
}) {
  const rows = isBeside
    ? pairsOf(hunk).map(({ before, after }, i) =>
        h('tr', { key: i }, side(before, before?.from), side(after, after?.to)),
      )
    : linesOf(hunk).map((line, i) =>
        h(
          'tr',
          { key: i },
          h(LineNumber, { kind: line.kind, number: line.from }),
          h(LineNumber, { kind: line.kind, number: line.to }),
          h(Text, { line }),
        ),
      );
  return h(
    'tbody',
    null,
    isFirst ? null : h('tr', { class: 'gap', 'aria-hidden': 'true' }, h('td', { colSpan: 4 }, '⋯')),
    rows,
  );
}

function side(line: DiffLine | undefined, number: number | undefined) {
  if (!line) return [h('td', { class: 'number' }), h('td', { class: 'no-line' })];
  return [h(LineNumber, { kind: line.kind, number }), h(Text, { line })];
}

function LineNumber({ kind, number }: { kind: DiffLine['kind']; number: number | undefined }) {
  return h('td', { class: `number ${kind}` }, number ?? '');
}

function Text({ line: { kind, text } }: { line: DiffLine }) {
  const { words } = useEnv();
  const said =
    kind === 'same' ? null : h('span', { class: 'hidden' }, words.t(`elements.diff.${kind}`));
  return h(
    'td',
    { class: `line ${kind}` },
    h('span', { class: 'mark', 'aria-hidden': 'true' }, signs[kind]),
    said,
    h('bdo', { dir: 'ltr' }, codeText(text)),
  );
}
