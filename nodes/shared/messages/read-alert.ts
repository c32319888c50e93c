import { type Alert, alertStates, severities } from '../../contract/alert.ts';
import * as check from '../check.ts';
import { toSuspects } from './read-suspects.ts';

/** characters of a diff: what is more nobody reads in a mail */
const longestDiff = 100_000;

/**
 * Checks that a value is an alert.
 * @param where the field's name in error texts, such as `payload[2]`
 */
export function toAlert(where: string, value: unknown): Alert {
  const raw = check.object(where, value);
  const field = (name: string) => check.join(where, name);
  const orNull = (name: string) =>
    raw[name] === null || raw[name] === undefined ? null : check.number(field(name), raw[name]);
  const alert: Alert = {
    name: check.text(field('name'), raw.name),
    state: check.oneOf(field('state'), raw.state, alertStates),
    severity: check.oneOf(field('severity'), raw.severity, severities),
    metric: check.text(field('metric'), raw.metric),
    labels: raw.labels === undefined ? {} : check.labels(field('labels'), raw.labels),
    unit: typeof raw.unit === 'string' ? raw.unit : '1',
    value: orNull('value'),
    threshold: orNull('threshold'),
    summary: typeof raw.summary === 'string' ? raw.summary : '',
    startsAt: check.number(field('startsAt'), raw.startsAt, { min: 0 }),
    fingerprint: check.text(field('fingerprint'), raw.fingerprint),
  };
  if (raw.event === true) alert.event = true;
  if (typeof raw.diff === 'string') alert.diff = raw.diff.slice(0, longestDiff);
  const suspects = toSuspects(raw.suspects);
  if (suspects.length > 0) alert.suspects = suspects;
  if (raw.endsAt !== undefined && raw.endsAt !== null) {
    alert.endsAt = check.number(field('endsAt'), raw.endsAt, { min: 0 });
  }
  return alert;
}
