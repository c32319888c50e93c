import { h } from 'preact';
import type { Suspect } from '../../contract/changes.ts';
import { changeSentence } from '../../shared/changes/change-sentence.ts';
import { useEnv } from '../view/env.ts';
import { changeWords, shownLabels } from '../words/change-words.ts';

/** What changed at the time of an alert, a sentence each. */
export function Suspects({ of: suspects = [] }: { of: readonly Suspect[] | undefined }) {
  const { words } = useEnv();
  if (suspects.length === 0) return null;
  const said = changeWords(words);
  return h(
    'ul',
    { class: 'suspects', 'aria-label': words.t('elements.changes.suspects') },
    suspects.map((suspect, i) =>
      h(
        'li',
        { key: i },
        changeSentence({ ...suspect, labels: shownLabels(suspect.labels) }, said),
      ),
    ),
  );
}
