import assert from 'node:assert/strict';
import { AlertManager } from '../../nodes/alert-manager/alert-manager.ts';
import { runCommand } from '../../nodes/alert-manager/command.ts';
import { checkConfiguration } from '../../nodes/alert-manager/configuration.ts';
import { decode } from '../../nodes/alert-manager/state.ts';
import { isWebhook, webhookAlerts } from '../../nodes/alert-manager/webhook.ts';
import { begin, Scenario } from './scenario.ts';

const at = { now: 0, date: begin };
const texts = { all: 'all', flapping: (summary: string) => summary };

const table = checkConfiguration('', { receivers: 'mail, boss' });
const made = () => new AlertManager({ configuration: table, texts, now: at });

function run(command: unknown, payload: unknown, manager = made()) {
  return runCommand(command, payload, { manager, table, at, newId: () => 'new' });
}

describe('alert manager, of bad input,', () => {
  it('names what is wrong with a command', () => {
    const silence = { matchers: 'device=a', duration: 60, createdBy: 'ann' };
    const wrong: [string, unknown, RegExp][] = [
      ['mute', {}, /^command: expected one of acknowledge, .*got "mute"/],
      ['silence', { ...silence, matchers: '' }, /^payload\.matchers: expected a text/],
      ['silence', { ...silence, matchers: 'device=~".*"' }, /do not take everything/],
      ['silence', { ...silence, matchers: [] }, /do not take everything/],
      ['silence', { ...silence, matchers: 'device=~"(a+)+(?=b)"' }, /without look-ahead/],
      ['silence', { ...silence, createdBy: ' ' }, /^payload\.createdBy: expected a text/],
      ['silence', { ...silence, duration: undefined }, /^payload\.endsAt: expected a time in ms/],
      [
        'silence',
        { ...silence, endsAt: 'soon', duration: '' },
        /^payload\.endsAt: expected a number/,
      ],
      [
        'silence',
        { ...silence, duration: '', startsAt: begin + 9, endsAt: begin + 5 },
        /^payload\.endsAt: expected a time after the begin/,
      ],
      ['silence', { ...silence, ends: 1 }, /^payload\.ends: expected only the fields id, matchers/],
      [
        'silence',
        { ...silence, duration: '', startsAt: 1, endsAt: '2001-01-01T00:00:00Z' },
        /^payload\.endsAt: expected a time that is not over/,
      ],
      ['expire', { id: 'x' }, /^payload\.id: expected the id of a silence that has not ended/],
      ['acknowledge', { by: 'ann' }, /^payload: expected fingerprints, matchers or a group/],
      ['acknowledge', { matchers: 'device=a' }, /^payload\.by: expected a text/],
      ['acknowledge', { fingerprints: [5], by: 'ann' }, /^payload\.fingerprints: expected a text/],
      [
        'configure',
        { receivers: 'mail, nobody' },
        /^payload\.receivers: expected one of mail, boss/,
      ],
      [
        'configure',
        { routes: [{ receiver: 'x' }] },
        /^payload\.routes\[0\]\.receiver: expected one of/,
      ],
      ['configure', { route: [] }, /^payload\.route: expected only the fields receivers/],
      ['configure', { groupBy: 'a-b' }, /^payload\.groupBy: expected names of labels/],
      ['configure', { groupWait: -1 }, /^payload\.groupWait: expected a number from 0 to 3600/],
      [
        'configure',
        { inhibitions: [{ source: '', target: 'a=b', equal: '' }] },
        /^payload\.inhibitions\[0\]\.source: expected label matchers/,
      ],
      ['parents', { a: 'b', b: 'a' }, /^payload: expected parents that do not lead back/],
      ['parents', { a: [5] }, /^payload\.a: expected a text/],
    ];
    for (const [command, payload, message] of wrong) {
      assert.throws(() => run(command, payload), { message }, JSON.stringify(payload));
    }
  });

  it('takes matchers of a silence as Alertmanager has them', () => {
    const matchers = [
      { name: 'device', value: 'a"\\', isRegex: false, isEqual: true },
      { name: 'site', value: 'b.*', isRegex: true, isEqual: false },
      { name: 'alertname', value: 'Down|Up', isRegex: true },
    ];
    const { answer } = run('silence', { matchers, duration: '60', createdBy: 'ann' });
    assert.deepEqual(JSON.parse(JSON.stringify(answer)), {
      id: 'new',
      matchers: 'device="a\\"\\\\", site!~"b.*", alertname=~"Down|Up"',
      ...{ startsAt: begin, endsAt: begin + 60_000, createdBy: 'ann', comment: '' },
    });
  });

  it('takes a list of silences, all or none, and leaves out those that have ended', () => {
    const one = { matchers: 'device=a', endsAt: begin + 60_000, createdBy: 'ann' };
    const list = [
      { ...one, id: 's1', comment: 'move' },
      { ...one, id: 's2', matchers: 'site=b', startsAt: begin + 5000, state: 'pending' },
      { ...one, id: 's3', startsAt: begin - 9000, endsAt: begin - 5 },
    ];
    const ids = (answer: unknown) => (answer as { id: string }[]).map(({ id }) => id);
    const manager = made();
    assert.deepEqual(ids(run('silence', list, manager).answer), ['s1', 's2']);
    const { answer } = run('export', undefined, manager) as { answer: { silences: unknown } };
    assert.deepEqual(ids(answer.silences), ['s1', 's2']);
    // What was exported can be taken in again.
    const exported = JSON.parse(JSON.stringify(answer.silences)) as unknown;
    assert.deepEqual(ids(run('silence', exported, manager).answer), ['s1', 's2']);
    for (const [wrong, message] of [
      [
        [
          { ...one, id: 's4' },
          { ...one, matchers: '' },
        ],
        /^payload\[1\]\.matchers: expected a text/,
      ],
      [
        [
          { ...one, id: 's4' },
          { ...one, id: 's4' },
        ],
        /^payload\[1\]\.id: /,
      ],
      [[{ ...one, id: 's4' }, 5], /^payload\[1\]: expected an object/],
      [
        Array.from({ length: 1001 }, (_, i) => ({ ...one, id: `x${i}` })),
        /^silences: expected .*1000/,
      ],
    ] as const) {
      assert.throws(() => run('silence', wrong, manager), { message });
    }
    assert.deepEqual(ids(run('silences', undefined, manager).answer), ['s1', 's2']);
    assert.deepEqual(run('silence', [], manager).answer, []);
  });

  it('exports what configures it again', () => {
    const { answer } = run('configure', { routes: [{ receiver: 'boss', groupBy: 'site' }] });
    assert.deepEqual(run('configure', answer).answer, answer);
  });

  it('leaves out bad rows where the rest is to be used, and tells of each', () => {
    const problems: Error[] = [];
    const { routes, maintenance, delivery } = checkConfiguration(
      '',
      {
        routes: [{ receiver: 'x' }, { receiver: 'default', severity: 'critical' }] as never,
        maintenance: 'none' as never,
        groupWait: 'long' as never,
      },
      problems,
    );
    assert.deepEqual(
      problems.map(({ message }) => message.split(':')[0]),
      ['groupWait', 'routes[0].receiver', 'maintenance'],
    );
    assert.deepEqual([routes.length, maintenance, delivery.groupWait], [1, [], 30]);
  });

  it('keeps a group whose labels have line breaks on one line', () => {
    const s = new Scenario({ groupBy: 'alertname', groupWait: 0 }, 'never');
    s.fire(0, 'Line\nbreak a');
    assert.deepEqual(s.told, ['0 default first [Line break] +Line\nbreak a']);
  });

  it('names what is wrong with what a webhook brings', () => {
    const alert = {
      status: 'firing',
      labels: { alertname: 'x' },
      startsAt: '2026-11-25T08:00:00Z',
    };
    const read = (more: object) => webhookAlerts({ alerts: [alert, { ...alert, ...more }] });
    assert.equal(isWebhook({ alerts: 5 }), false);
    assert.throws(() => read({ startsAt: 'now' }), /^Problem: payload\.alerts\[1\]\.startsAt: /);
    assert.throws(() => read({ status: 'open' }), /payload\.alerts\[1\]\.status: expected one of/);
    assert.throws(() => read({ labels: { 'a-b': 'c' } }), /payload\.alerts\[1\]\.labels\.a-b/);
    assert.equal(read({ labels: { alertname: 'y', severity: 'page' } })[1]!.severity, 'critical');
  });

  it('loses only what is damaged of its kept state', () => {
    const kept = JSON.parse(new Scenario({}, 'never').fire(0, 'Cpu a', 'Cpu b').kept()) as {
      alerts: { firedAt: unknown }[];
    };
    kept.alerts[0]!.firedAt = 'x';
    const problems: Error[] = [];
    assert.equal(decode(kept, problems).alerts.length, 1);
    assert.match(problems[0]!.message, /^alerts\[0\]\.firedAt: expected a number/);
    assert.throws(() => decode({ version: 7 }), /^Problem: version: /);
  });

  it('sends one message of ten thousand alerts at once, and no further ones where it is full', () => {
    const s = new Scenario({ groupBy: 'alertname', groupWait: 10 }, 'never');
    s.fire(0, ...Array.from({ length: 10_000 }, (_, i) => `Down d${i}`)).until(20);
    assert.equal(s.told.length, 1);
    assert.equal(s.told[0]!.split(', ').length, 10_000);
    s.resolve(30, ...Array.from({ length: 10_000 }, (_, i) => `Down d${i}`)).until(400);
    assert.match(s.told[1]!, /^310 default resolved \[Down\] -Down/);
    assert.equal(s.told.length, 2);
    const many = Array.from({ length: 20_001 }, (_, i) => `Cpu e${i}`);
    assert.throws(() => s.fire(500, ...many), /more than 20000 alerts/);
  });

  it('is not confused by a clock that jumps', () => {
    const input = { groupBy: 'alertname', groupWait: 10, groupInterval: 60, repeatInterval: 120 };
    for (const by of [-1e7, 1e7]) {
      const s = new Scenario(input, 'never');
      s.fire(0, 'Cpu a').jump(5, by).until(200).resolve(200, 'Cpu a').until(300);
      assert.deepEqual(s.told, [
        '10 default first [Cpu] +Cpu a',
        '130 default repeat [Cpu] +Cpu a',
        '250 default resolved [Cpu] -Cpu a',
      ]);
    }
  });
});
