import { format } from '../contract/units.ts';
import type { Added } from '../shared/configurations/versions/contract.ts';
import type { Translate } from '../shared/problem.ts';

/** What the dialog gets of a device whose configuration it had fetched. */
export interface FetchAnswer {
  device: string;
  outcome: Added['outcome'];
  /** lines */
  added: number;
  removed: number;
  /** bytes */
  size: number;
  seconds: number;
  /** the first lines of what changed, as `diff -u` writes it */
  diff: string;
  changedBy?: string;
  savedDiffers?: boolean;
  /** names of the rules that it breaks */
  findings: string[];
}

/** An answer in a few sentences. @param language a BCP 47 tag, for the decimal sign */
export function answerWords(answer: FetchAnswer, t: Translate, language: string): string {
  const { device, outcome, added, removed, size, seconds, changedBy, savedDiffers } = answer;
  const params = {
    device,
    size: format(size, 'B', language),
    time: format(Math.round(seconds * 10) / 10, 's', language),
    added: String(added),
    removed: String(removed),
  };
  const sentences = [t(`config-watch.result.${outcome}`, params)];
  if (changedBy !== undefined) sentences.push(t('config-watch.result.by', { by: changedBy }));
  if (savedDiffers) sentences.push(t('config-watch.result.unsaved'));
  if (answer.findings.length > 0) {
    sentences.push(t('config-watch.result.findings', { rules: answer.findings.join(', ') }));
  }
  return sentences.join(' ');
}
