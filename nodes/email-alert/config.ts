import { severities } from '../contract/alert.ts';
import { FieldProblem } from '../shared/problem.ts';
import {
  choice,
  flag,
  type Parsed,
  setting,
  settings,
  unchecked,
  type Values,
} from '../shared/settings.ts';
import { checkTemplate } from '../shared/template.ts';
import { addresses } from './addresses.ts';

/** Who gets which mail, and what it says. Addresses are lists as people type them. */
export const emailSettings = settings({
  name: unchecked(''),
  from: setting('', sender),
  // In error texts "to" is the end of a span of time.
  to: setting('', (_, value) => atLeastOne('recipients', value)),
  cc: setting('', addresses),
  bcc: setting('', addresses),
  /** the least severity that is mailed */
  severity: choice('warning', severities),
  /** whether the end of an alert is mailed too */
  recoveries: flag(true),
  /** templates; an empty one stands for the default */
  subject: setting('', checkTemplate),
  text: setting('', checkTemplate),
  html: setting('', checkTemplate),
});

export const { defaults, read: checkSettings } = emailSettings;
export type EmailAlertSettings = Values<typeof emailSettings>;
export type CheckedSettings = Parsed<typeof emailSettings>;

function atLeastOne(field: string, value: unknown) {
  const list = addresses(field, value);
  if (list.length === 0) throw new FieldProblem(field, 'mailAddress', value);
  return list;
}

function sender(field: string, value: unknown) {
  const [from, ...more] = atLeastOne(field, value);
  if (more.length > 0) throw new FieldProblem(field, 'mailSender', value);
  return from!;
}
