import { severities } from '../contract/alert.ts';
import { isTimeZone } from '../shared/history/calendar.ts';
import { FieldProblem } from '../shared/problem.ts';
import {
  choice,
  flag,
  number,
  type Parsed,
  setting,
  settings,
  unchecked,
  type Values,
} from '../shared/settings.ts';
import { checkTemplate } from '../shared/template.ts';
import { addresses } from './addresses.ts';
import { summaries, summaryDays } from './summary-schedule.ts';

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
  /** mails in any hour at most; 0 for no limit */
  perHour: number(30, { min: 0, max: 10_000, integer: true }),
  /** address of what shows a device, a template; empty for none */
  link: setting('', checkLink),
  /** how often a summary is mailed; it needs a history database */
  summary: choice('never', summaries),
  /** when, in which time zone; empty for this machine's */
  summaryDay: choice('monday', summaryDays),
  summaryTime: setting('07:00', timeOfDay),
  summaryZone: setting('', timeZone),
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

function checkLink(field: string, value: unknown): string {
  if (value === '') return '';
  const template = checkTemplate(field, value);
  if (!/^https?:\/\/[^\s{]/.test(template)) throw new FieldProblem(field, 'link', value);
  return template;
}

function timeOfDay(field: string, value: unknown): number {
  const [, hours, minutes] = /^\s*(\d{1,2}):(\d{2})\s*$/.exec(String(value)) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) {
    throw new FieldProblem(field, 'timeOfDay', value);
  }
  return (Number(hours) * 60 + Number(minutes)) * 60_000;
}

function timeZone(field: string, value: unknown): string {
  if (typeof value !== 'string' || !isTimeZone(value.trim())) {
    throw new FieldProblem(field, 'timeZone', value);
  }
  return value.trim();
}
