import * as check from '../shared/check.ts';
import { type KeptTemplates, toKeptTemplates } from '../shared/flows/kept-templates.ts';
import { FieldProblem } from '../shared/problem.ts';

/** What a restart must not lose, as it stands in the state file. */
export interface State {
  version: 1;
  /** hex digits: what addresses are hashed with */
  key: string;
  templates: KeptTemplates;
}

/** Takes a state file's content. Throws a FieldProblem where it is none. */
export function decode(value: unknown): State {
  const raw = check.object('state', value);
  if (raw.version !== 1) throw new FieldProblem('version', 'oneOf', raw.version, { words: '1' });
  const key = check.text('key', raw.key);
  if (!/^[\da-f]{64}$/.test(key)) throw new FieldProblem('key', 'text', key);
  return { version: 1, key, templates: toKeptTemplates('templates', raw.templates) };
}
