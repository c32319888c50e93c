import { severities, type Severity } from '../contract/alert.ts';
import * as check from '../shared/check.ts';
import { FieldProblem } from '../shared/problem.ts';
import { checkTemplate } from '../shared/template.ts';
import { addresses } from './addresses.ts';

/** Who gets which mail, and what it says. Addresses are lists as people type them. */
export interface EmailAlertSettings {
  from: string;
  to: string;
  cc: string;
  bcc: string;
  /** the least severity that is mailed */
  severity: Severity;
  /** whether the end of an alert is mailed too */
  recoveries: boolean;
  /** templates; an empty one stands for the default */
  subject: string;
  text: string;
  html: string;
}

export const defaults: EmailAlertSettings = {
  from: '',
  to: '',
  cc: '',
  bcc: '',
  severity: 'warning',
  recoveries: true,
  subject: '',
  text: '',
  html: '',
};

const atLeastOne = (field: string) => (value: unknown) => {
  const list = addresses(field, value);
  if (list.length === 0) throw new FieldProblem(field, 'mailAddress', value);
  return list;
};

/** The check of each setting; each returns the value in its proper type or throws a FieldProblem. */
export const checks = {
  from: (value: unknown) => {
    const [from, ...more] = atLeastOne('from')(value);
    if (more.length > 0) throw new FieldProblem('from', 'mailSender', value);
    return from!;
  },
  to: atLeastOne('to'),
  cc: (value: unknown) => addresses('cc', value),
  bcc: (value: unknown) => addresses('bcc', value),
  severity: (value: unknown) => check.oneOf('severity', value, severities),
  recoveries: (value: unknown) => check.boolean('recoveries', value),
  subject: (value: unknown) => checkTemplate('subject', value),
  text: (value: unknown) => checkTemplate('text', value),
  html: (value: unknown) => checkTemplate('html', value),
};

export type CheckedSettings = { [K in keyof typeof checks]: ReturnType<(typeof checks)[K]> };

/** Takes unknown settings, as the editor or the test route gives them. Throws a FieldProblem. */
export function checkSettings(value: unknown): CheckedSettings {
  const raw = { ...defaults, ...check.object('settings', value) };
  return {
    from: checks.from(raw.from),
    to: checks.to(raw.to),
    cc: checks.cc(raw.cc),
    bcc: checks.bcc(raw.bcc),
    severity: checks.severity(raw.severity),
    recoveries: checks.recoveries(raw.recoveries),
    subject: checks.subject(raw.subject),
    text: checks.text(raw.text),
    html: checks.html(raw.html),
  };
}
