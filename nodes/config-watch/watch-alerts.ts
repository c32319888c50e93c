import { createHash } from 'node:crypto';
import type { Alert, EventMetric, Severity } from '../contract/alert.ts';
import type { Diff } from '../shared/configurations/versions/contract.ts';
import { unifiedText } from '../shared/configurations/versions/diff-text.ts';
import type { Outcome } from './config-watch.ts';
import { hostKeyProblem, keysOf } from './look-problem.ts';

/** lines of a diff that an alert has, and characters of one */
const diffLines = 200;
const longestLine = 300;
/** ms for which a change is among what goes on: whoever gathers alerts has time to tell of it */
const changeLasts = 3_600_000;

/** An alert that was told and is not over, with what it is over by. */
export interface OpenAlert extends Omit<Alert, 'diff'> {
  /** the rule of the configuration that it is about */
  rule?: string;
}

/** The sentences of alerts, in the user's language. */
export interface AlertTexts {
  changed: (outcome: Outcome) => string;
  notSaved: (outcome: Outcome) => string;
  notFetched: (outcome: Outcome) => string;
  hostKey: (outcome: Outcome) => string;
  rule: (outcome: Outcome, finding: NonNullable<Outcome['added']>['findings'][number]) => string;
  /** of lines of a diff that are left out */
  omitted: (count: number) => string;
}

/** What the outcomes of looks are told as: changes, devices that cannot be asked, and rules that are broken. */
export class WatchAlerts {
  readonly #texts: AlertTexts;
  /** whether changes of a device are expected at a time */
  readonly #severityOf: (labels: Record<string, string>, time: number) => Severity;
  readonly #unsavedAfter: number;
  /** by fingerprint */
  readonly #open = new Map<string, OpenAlert>();

  /**
   * @param severityOf of a change that was seen at a time
   * @param unsavedAfter ms after which it is told that a change is not saved; 0 for never
   */
  constructor(
    texts: AlertTexts,
    severityOf: (labels: Record<string, string>, time: number) => Severity,
    unsavedAfter: number,
  ) {
    this.#texts = texts;
    this.#severityOf = severityOf;
    this.#unsavedAfter = unsavedAfter;
  }

  state(): OpenAlert[] {
    return [...this.#open.values()];
  }

  restore(open: readonly OpenAlert[]): void {
    for (const alert of open) this.#open.set(alert.fingerprint, alert);
  }

  /** What is to be told of a look: what is over first, then what begins. */
  take(outcome: Outcome): Alert[] {
    const { problem, added, device, time } = outcome;
    const fire = (
      name: EventMetric,
      severity: Severity,
      summary: string,
      more: Partial<OpenAlert> & { value: number },
    ): OpenAlert => ({
      ...{ name, state: 'firing', severity, metric: name, unit: '1', threshold: null, summary },
      labels: { ...device.labels, ...more.labels, device: device.name },
      startsAt: time,
      ...{ value: more.value, ...(more.event && { event: true }) },
      ...(more.rule !== undefined && { rule: more.rule }),
      fingerprint: fingerprint(name, device.name, more.rule ?? '', more.event ? time : 0),
    });
    if (problem) {
      const isHostKey = keysOf(problem).has(hostKeyProblem);
      const [name, severity, summary]: [EventMetric, Severity, string] = isHostKey
        ? ['host_key_changed', 'critical', this.#texts.hostKey(outcome)]
        : ['configuration_not_fetched', 'warning', this.#texts.notFetched(outcome)];
      return this.#begin([fire(name, severity, summary, { value: 1 })]);
    }
    const broken = (added?.findings ?? []).map((finding) =>
      fire('configuration_rule', finding.severity, this.#texts.rule(outcome, finding), {
        ...{ value: finding.count, rule: finding.rule, labels: { rule: finding.rule } },
      }),
    );
    const unsaved = added?.unsaved ?? undefined;
    const notSaved =
      unsaved &&
      fire('configuration_not_saved', 'info', this.#texts.notSaved(outcome), {
        ...{ value: unsaved.diff.added + unsaved.diff.removed },
      });
    const kept = new Set(
      [...broken, ...(notSaved ? [notSaved] : [])].map((alert) => alert.fingerprint),
    );
    const over = this.#end(device.name, time, ({ fingerprint, event, startsAt }) =>
      event ? time - startsAt >= changeLasts : !kept.has(fingerprint),
    );
    const begun = this.#begin(broken);
    const after = this.#unsavedAfter;
    if (notSaved && after > 0 && time - unsaved.since >= after) {
      const diff = this.#diffOf(unsaved.diff);
      begun.push(...this.#begin([notSaved]).map((alert) => ({ ...alert, ...diff })));
    }
    if (added?.outcome !== 'changed') return [...over, ...begun];
    const { diff } = added;
    const severity = this.#severityOf({ ...device.labels, device: device.name }, time);
    const change = fire('configuration_changed', severity, this.#texts.changed(outcome), {
      ...{ value: (diff?.added ?? 0) + (diff?.removed ?? 0), event: true },
    });
    this.#open.set(change.fingerprint, change);
    return [...over, { ...alertOf(change), ...this.#diffOf(diff) }, ...begun];
  }

  /** What is over with devices that are not watched any more. @param time ms since the Unix epoch */
  forget(devices: readonly string[], time: number): Alert[] {
    return devices.flatMap((device) => this.#end(device, time, () => true));
  }

  // Those that are told already stay as they were told.
  #begin(alerts: readonly OpenAlert[]): Alert[] {
    const begun = alerts.filter(({ fingerprint }) => !this.#open.has(fingerprint));
    for (const alert of begun) this.#open.set(alert.fingerprint, alert);
    return begun.map(alertOf);
  }

  #end(device: string, time: number, isOver: (alert: OpenAlert) => boolean): Alert[] {
    const over = [...this.#open.values()].filter(
      (alert) => alert.labels.device === device && isOver(alert),
    );
    for (const { fingerprint } of over) this.#open.delete(fingerprint);
    return over.map((alert) => ({ ...alertOf(alert), state: 'resolved', endsAt: time }));
  }

  #diffOf(diff: Diff | undefined): { diff?: string } {
    if (!diff || diff.hunks.length === 0) return {};
    let left = diffLines;
    let { omitted } = diff;
    const hunks = diff.hunks.flatMap((hunk) => {
      const lines = hunk.lines.slice(0, left).map(shortened);
      left -= lines.length;
      omitted += hunk.lines.length - lines.length;
      return lines.length === 0 ? [] : [{ ...hunk, lines }];
    });
    // What is no line of either text begins with a backslash, as `diff` has it.
    const rest = omitted === 0 ? '' : `\\ ${this.#texts.omitted(omitted)}\n`;
    return { diff: unifiedText(hunks) + rest };
  }
}

function alertOf(open: OpenAlert): Alert {
  const alert = { ...open, labels: { ...open.labels } };
  delete alert.rule;
  return alert;
}

function shortened(line: string): string {
  return line.length <= longestLine ? line : `${line.slice(0, longestLine).toWellFormed()}…`;
}

function fingerprint(...parts: (string | number)[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}
