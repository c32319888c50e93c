import type { Translate } from '../problem.ts';

/** From so many rows on a table has a search. */
const many = 20;

export interface Search {
  /** the line to put above the table */
  line: JQuery;
  /** Shows how many rows there are, and how many of them are wrong. */
  count: (rows: number, wrong: number) => void;
  /** Searches for nothing, so that all rows show. */
  clear: () => void;
}

/** What is searched for: words in small letters, empty for none. */
export interface Searched {
  words: string;
  onlyWrong: boolean;
}

/**
 * The line above a table of many rows: it finds rows by their words, and those that are wrong.
 * @param changed hears what is searched for, undefined for nothing
 */
export function search(t: Translate, changed: (searched?: Searched) => void): Search {
  const line = $('<div class="netmon-search">').prop('hidden', true);
  const find = t('shared.editor.find');
  const input = $('<input type="text">').attr({ placeholder: find, 'aria-label': find });
  const rowCount = $('<span class="netmon-hint">');
  const tick = $('<input type="checkbox">');
  const wrongCount = $('<span>');
  const wrongOnes = $('<label>').append(tick, wrongCount);
  line.append(input, rowCount, wrongOnes);

  const tell = () => {
    const onlyWrong = tick.is(':checked');
    const words = String(input.val()).trim().toLowerCase();
    changed(words === '' && !onlyWrong ? undefined : { words, onlyWrong });
  };
  const clear = () => {
    if (!tick.is(':checked') && input.val() === '') return;
    tick.prop('checked', false);
    input.val('');
    tell();
  };
  input.on('input', tell);
  tick.on('change', tell);

  return {
    line,
    clear,
    count(rows, wrong) {
      line.prop('hidden', rows < many);
      rowCount.text(t('shared.editor.rows', { count: String(rows) }));
      wrongCount.text(t('shared.editor.wrong', { count: String(wrong) }));
      wrongOnes.toggle(wrong > 0);
      if (rows < many || (tick.is(':checked') && wrong === 0)) clear();
    },
  };
}
