import assert from 'node:assert/strict';
import type { Outcome } from '../../nodes/config-watch/config-watch.ts';
import { WatchAlerts } from '../../nodes/config-watch/watch-alerts.ts';
import type { Alert, Severity } from '../../nodes/contract/alert.ts';
import type { Finding } from '../../nodes/shared/configurations/rules.ts';
import type { Added } from '../../nodes/shared/configurations/versions/contract.ts';
import { diffOf } from '../../nodes/shared/configurations/versions/diff.ts';
import { Problem } from '../../nodes/shared/problem.ts';

const hour = 3_600_000;
const begin = Date.UTC(2026, 10, 1);
const device = { name: 'core-1', address: '192.0.2.1', labels: { site: 'berlin' } };

const version = {
  ...{ id: 2, device: 'core-1', time: begin, hash: '', size: 0, added: 0, removed: 0 },
  isFull: false,
};

const outcome = (hours: number, added: Partial<Added>): Outcome => ({
  ...{ device, reason: 'schedule', time: begin + hours * hour },
  added: { outcome: 'same', version, findings: [], ...added },
});
const failed = (hours: number, problem: Error): Outcome => ({
  ...{ device, reason: 'schedule', time: begin + hours * hour, problem },
});
const changed = (hours: number, before = 'a\nb\n', after = 'a\nc\n') =>
  outcome(hours, { outcome: 'changed', diff: diffOf(before, after) });
const finding = (rule: string, severity: Severity = 'warning'): Finding => ({
  ...{ rule, kind: 'mustNotHave', pattern: 'x', severity, count: 2 },
  lines: [{ number: 4, text: 'x y' }],
});

describe('WatchAlerts', () => {
  let alerts: WatchAlerts;
  let severity: Severity;
  let unsavedAfter: number;

  beforeEach(() => {
    unsavedAfter = 24 * hour;
    severity = 'info';
    alerts = make();
  });

  const make = () =>
    new WatchAlerts(
      {
        changed: ({ added }) => `changed ${added!.diff?.added}`,
        notSaved: ({ added }) => `not saved ${added!.unsaved!.diff.added}`,
        notFetched: ({ problem }) => `failed ${problem!.message}`,
        hostKey: () => 'another key',
        rule: (_, { rule }) => `breaks ${rule}`,
        omitted: (count) => `${count} more`,
      },
      () => severity,
      unsavedAfter,
    );
  const short = (told: readonly Alert[]) =>
    told.map(({ name, state, labels }) => [name, state, labels.rule].filter(Boolean).join(' '));

  it('tells of a change as an event, with what changed', () => {
    const [alert] = alerts.take(changed(0));
    assert.deepEqual(alert, {
      ...{ name: 'configuration_changed', state: 'firing', severity: 'info', value: 2 },
      ...{ metric: 'configuration_changed', unit: '1', threshold: null, summary: 'changed 1' },
      labels: { site: 'berlin', device: 'core-1' },
      startsAt: begin,
      event: true,
      fingerprint: alert!.fingerprint,
      diff: '@@ -1,2 +1,2 @@\n a\n-b\n+c\n',
    });
    assert.match(alert.fingerprint, /^[0-9a-f]{16}$/);
  });

  it('is as severe as the time says', () => {
    severity = 'warning';
    assert.equal(alerts.take(changed(0))[0]!.severity, 'warning');
  });

  it('tells nothing of the first one, and of one that is the same', () => {
    assert.deepEqual(alerts.take(outcome(0, { outcome: 'new' })), []);
    assert.deepEqual(alerts.take(outcome(1, {})), []);
  });

  it('ends a change with a look an hour later, and tells each change anew', () => {
    const first = alerts.take(changed(0))[0]!;
    assert.deepEqual(alerts.take(outcome(0.5, {})), []);
    const [second, ...more] = alerts.take(changed(0.75));
    assert.deepEqual(more, []);
    assert.notEqual(second!.fingerprint, first.fingerprint);
    const [over, ...others] = alerts.take(outcome(1, {}));
    assert.deepEqual(others, []);
    assert.deepEqual(
      [over!.state, over!.fingerprint, over!.endsAt, over!.diff],
      ['resolved', first.fingerprint, begin + hour, undefined],
    );
    assert.deepEqual(short(alerts.take(changed(3))), [
      'configuration_changed resolved',
      'configuration_changed firing',
    ]);
  });

  it('tells once of what has not been saved for as long as it may, and once that it is', () => {
    const unsaved = (hours: number) =>
      outcome(hours, { unsaved: { since: begin, diff: diffOf('a\nb\n', 'a\nc\n') } });
    assert.deepEqual(alerts.take(unsaved(0)), []);
    assert.deepEqual(alerts.take(unsaved(23.9)), []);
    const [alert, ...more] = alerts.take(unsaved(24));
    assert.deepEqual(more, []);
    assert.deepEqual(
      [alert!.name, alert!.state, alert!.severity, alert!.value, alert!.summary, alert!.event],
      ['configuration_not_saved', 'firing', 'info', 2, 'not saved 1', undefined],
    );
    assert.equal(alert!.diff, '@@ -1,2 +1,2 @@\n a\n-b\n+c\n');
    assert.deepEqual(alerts.take(unsaved(48)), []);
    assert.deepEqual(short(alerts.take(outcome(50, { unsaved: null }))), [
      'configuration_not_saved resolved',
    ]);
  });

  it('never tells of what is not saved where that is not wanted', () => {
    unsavedAfter = 0;
    alerts = make();
    const diff = diffOf('a\n', 'b\n');
    assert.deepEqual(alerts.take(outcome(1000, { unsaved: { since: begin, diff } })), []);
  });

  it('cuts a long diff off, and says so', () => {
    const lines = (word: string) =>
      Array.from({ length: 300 }, (_, i) => `${word} ${i}\n`).join('');
    const [alert] = alerts.take(changed(0, lines('a'), lines('b')));
    const told = alert!.diff!.split('\n');
    assert.equal(told.length, 203);
    assert.equal(told.at(-2), '\\ 400 more');
    const [wide] = alerts.take(changed(0.5, 'a\n', `${'b'.repeat(5000)}\n`));
    assert.ok(wide!.diff!.length < 400);
  });

  it('tells once that a device cannot be asked, and once that it can again', () => {
    const problem = new Problem('noDevices');
    const [alert] = alerts.take(failed(0, problem));
    assert.deepEqual(
      [alert!.name, alert!.severity, alert!.value, alert!.summary, alert!.event],
      ['configuration_not_fetched', 'warning', 1, `failed ${problem.message}`, undefined],
    );
    assert.deepEqual(alerts.take(failed(1, problem)), []);
    assert.deepEqual(short(alerts.take(outcome(2, {}))), ['configuration_not_fetched resolved']);
    assert.deepEqual(short(alerts.take(failed(3, problem))), ['configuration_not_fetched firing']);
  });

  it('cries of another host key, however deep the problem is', () => {
    const inner = new Problem('noDevices');
    Object.assign(inner, { key: 'hostKeyChanged' });
    const problem = new Problem('deviceAt', { address: '192.0.2.1' }, { cause: inner });
    const [alert] = alerts.take(failed(0, problem));
    assert.deepEqual(
      [alert!.name, alert!.severity, alert!.summary],
      ['host_key_changed', 'critical', 'another key'],
    );
  });

  it('tells of each rule that is broken, until it is not', () => {
    const both = { findings: [finding('telnet'), finding('ntp', 'critical')] };
    const told = alerts.take(outcome(0, both));
    assert.deepEqual(short(told), [
      'configuration_rule firing telnet',
      'configuration_rule firing ntp',
    ]);
    assert.deepEqual([told[1]!.severity, told[1]!.value], ['critical', 2]);
    assert.deepEqual(told[0]!.labels, { site: 'berlin', device: 'core-1', rule: 'telnet' });
    assert.deepEqual(alerts.take(outcome(1, both)), []);
    assert.deepEqual(short(alerts.take(outcome(2, { findings: [finding('ntp')] }))), [
      'configuration_rule resolved telnet',
    ]);
    assert.deepEqual(short(alerts.take(outcome(3, {}))), ['configuration_rule resolved ntp']);
  });

  it('keeps what rules were broken while a device cannot be asked', () => {
    alerts.take(outcome(0, { findings: [finding('telnet')] }));
    assert.deepEqual(short(alerts.take(failed(1, new Error('x')))), [
      'configuration_not_fetched firing',
    ]);
    assert.deepEqual(short(alerts.take(outcome(2, { findings: [finding('telnet')] }))), [
      'configuration_not_fetched resolved',
    ]);
  });

  it('ends all of a device that is not watched any more', () => {
    alerts.take(changed(0));
    alerts.take(failed(1, new Error('x')));
    assert.deepEqual(short(alerts.forget(['core-1', 'core-2'], begin)), [
      'configuration_changed resolved',
      'configuration_not_fetched resolved',
    ]);
    assert.deepEqual(alerts.forget(['core-1'], begin), []);
  });

  it('goes on after a restart', () => {
    alerts.take(failed(0, new Error('x')));
    alerts.take(outcome(1, { findings: [finding('telnet')] }));
    const kept = JSON.parse(JSON.stringify(alerts.state())) as ReturnType<WatchAlerts['state']>;
    alerts = make();
    alerts.restore(kept);
    assert.deepEqual(short(alerts.take(outcome(2, {}))), ['configuration_rule resolved telnet']);
  });
});
