import assert from 'node:assert/strict';
import type { AlertGroup } from '../../nodes/email-alert/alert-group.ts';
import { MailedAlerts, mailedLimit } from '../../nodes/email-alert/mailed-alerts.ts';
import {
  AlertMailer,
  type MailerOptions,
  mostListed,
  type Sent,
} from '../../nodes/email-alert/mailer.ts';
import { type MailerState, toMailerState } from '../../nodes/email-alert/mailer-state.ts';
import {
  alertsOf,
  listed,
  referencesOf,
  type WaitingMail,
} from '../../nodes/email-alert/waiting-mail.ts';
import { SmtpProblem } from '../../nodes/shared/mail/smtp-problem.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { alert, recovery, start } from './alerts.ts';

const problem = (temporary: boolean, scope: 'server' | 'mail' = 'server') =>
  new SmtpProblem('smtpOther', { server: 'mail:25', reason: 'r' }, temporary, undefined, { scope });
const group = (changes: Partial<AlertGroup> = {}): AlertGroup => ({
  ...{ key: 'hall-3', id: '', name: 'Hall 3', reason: 'changed', isOver: false },
  ...changes,
});
/** What a kept state is after a restart. */
const kept = (state: MailerState) => toMailerState(JSON.parse(JSON.stringify(state)), []);

describe('AlertMailer', () => {
  let clock: FakeClock;
  let sent: { alerts: string[]; thread: { messageId: string; references: string[] } }[];
  let extents: Pick<WaitingMail, 'omitted' | 'only'>[];
  let digests: boolean[];
  let deferred: string[][];
  let late: Promise<Sent | undefined>[];
  let failures: Error[];
  let ids: number;

  const mailer = (options: Partial<MailerOptions> = {}) =>
    new AlertMailer({
      severity: 'info',
      recoveries: true,
      perHour: 0,
      send: async (mail: WaitingMail) => {
        const failure = failures.shift();
        if (failure) throw failure;
        const { messageId, omitted, only, isDigest = false } = mail;
        sent.push({
          alerts: alertsOf(mail).map((a) => `${a.fingerprint} ${a.state}`),
          thread: { messageId, references: referencesOf(mail) },
        });
        extents.push({ omitted, ...(only !== undefined && { only }) });
        digests.push(isDigest);
        const later = (deferred.shift() ?? []).map((recipient) => ({ recipient, reply: '450' }));
        return {
          ...{ accepted: ['a'], rejected: [], refusals: [], messageId, response: '', subject: '' },
          ...(later.length > 0 && { deferred: later }),
        };
      },
      keep: async () => {},
      onRetry: () => {},
      onOutcome: ({ outcome }) => late.push(outcome),
      newMessageId: () => `<${++ids}>`,
      clock,
      ...options,
    });
  const mails = () => sent.map((mail) => mail.alerts.join(', '));

  beforeEach(() => {
    clock = new FakeClock({ steady: start });
    sent = [];
    extents = [];
    digests = [];
    deferred = [];
    late = [];
    failures = [];
    ids = 0;
  });

  it('mails an alert and its recovery, in one conversation', async () => {
    const m = mailer();
    await m.push([alert()]);
    await m.push([recovery()]);
    assert.deepEqual(sent, [
      { alerts: ['f1 firing'], thread: { messageId: '<1>', references: [] } },
      { alerts: ['f1 resolved'], thread: { messageId: '<2>', references: ['<1>'] } },
    ]);
    assert.deepEqual(m.state().queue, []);
  });

  it('mails a recovery only where it mailed the alert, and once', async () => {
    const m = mailer({ severity: 'warning' });
    await m.push([alert({ severity: 'info' })]);
    await m.push([recovery({ severity: 'info' })]);
    await m.push([recovery({ fingerprint: 'f2' })]);
    assert.deepEqual(mails(), []);
    await m.push([alert()]);
    await m.push([recovery()]);
    await m.push([recovery()]);
    assert.deepEqual(mails(), ['f1 firing', 'f1 resolved']);
  });

  it('mails no recovery where none are wanted, and nothing pending', async () => {
    const m = mailer({ recoveries: false });
    await m.push([alert()]);
    await m.push([recovery(), alert({ state: 'pending', fingerprint: 'f2' })]);
    assert.deepEqual(mails(), ['f1 firing']);
    await m.push([recovery()]);
    assert.deepEqual(mails(), ['f1 firing']);
  });

  it('mails an event, and not its end', async () => {
    const m = mailer();
    await m.push([alert({ event: true })]);
    await m.push([recovery({ event: true })]);
    assert.deepEqual(mails(), ['f1 firing']);
  });

  it('mails several alerts in one mail, without those it passes over', async () => {
    await mailer({ severity: 'critical' }).push([
      alert(),
      alert({ fingerprint: 'f2', severity: 'warning' }),
      alert({ fingerprint: 'f3' }),
    ]);
    assert.deepEqual(mails(), ['f1 firing, f3 firing']);
  });

  it('mails once what goes on, while it waits and after', async () => {
    const m = mailer();
    failures = [problem(true)];
    const first = m.push([alert()]);
    assert.equal(await m.push([alert({ value: null })]), undefined);
    await clock.jump();
    await first;
    assert.equal(await m.push([alert({ value: 95 })]), undefined);
    await m.push([alert({ startsAt: start + 1 })]);
    await m.push([recovery()]);
    assert.deepEqual(
      sent.map((mail) => [...mail.alerts, mail.thread.messageId, ...mail.thread.references]),
      [
        ['f1 firing', '<1>'],
        ['f1 firing', '<4>'],
        ['f1 resolved', '<5>', '<4>'],
      ],
    );
  });

  it('mails no recovery of an alert whose mail failed for good, but the alert when it comes anew', async () => {
    const m = mailer();
    failures = [problem(true), problem(false)];
    const first = assert.rejects(m.push([alert()]), { message: 'mail:25: r' });
    const others = [m.push([recovery()]), m.push([alert({ startsAt: start + 1 })])];
    await clock.jump();
    await first;
    await Promise.all(others);
    assert.deepEqual(mails(), ['f1 firing']);
    await m.push([recovery()]);
    assert.deepEqual(mails(), ['f1 firing', 'f1 resolved']);
    failures = [problem(false)];
    await assert.rejects(m.push([alert()]));
    await m.push([alert()]);
    assert.deepEqual(mails().slice(2), ['f1 firing']);
  });

  it('puts what waits together into one mail, in order, each in its conversation', async () => {
    const m = mailer();
    failures = [problem(true)];
    const again = { startsAt: start + 1 };
    const all = [[alert()], [recovery()], [alert(again)], [recovery(again)]].map((a) => m.push(a));
    assert.equal(m.waiting, 4);
    await clock.jump();
    const outcomes = await Promise.all(all);
    assert.deepEqual(
      sent.map((mail) => [...mail.alerts, ...mail.thread.references]),
      [['f1 firing'], ['f1 resolved', 'f1 firing', 'f1 resolved', '<1>']],
    );
    assert.deepEqual(
      outcomes.map((outcome) => outcome?.alerts.length),
      [1, 3, undefined, undefined],
    );
    assert.equal(m.waiting, 0);
  });

  it('mails 150 alerts of 150 messages at once in two mails, the first at once', async () => {
    const m = mailer();
    const names = Array.from({ length: 150 }, (_, i) => `f${i}`);
    await Promise.all(names.map((fingerprint) => m.push([alert({ fingerprint })])));
    assert.deepEqual(
      sent.map((mail) => mail.alerts.length),
      [1, 149],
    );
    assert.deepEqual(
      sent.flatMap((mail) => mail.alerts),
      names.map((name) => `${name} firing`),
    );
  });

  it('counts by rule what is too much for one mail, and still mails its recovery', async () => {
    const m = mailer();
    failures = [problem(true)];
    const first = m.push([alert()]);
    const many = Array.from({ length: listed + 30 }, (_, i) =>
      alert({ fingerprint: `g${i}`, name: i % 2 ? 'Odd' : 'Even' }),
    );
    const second = m.push(many);
    assert.equal(await m.push([recovery({ fingerprint: 'g1029', name: 'Odd' })]), undefined);
    assert.equal(m.waiting, listed + 32);
    await clock.jump();
    await Promise.all([first, second]);
    assert.deepEqual(
      sent.map((mail) => mail.alerts.length),
      [1, listed],
    );
    assert.deepEqual(extents[1]!.omitted, [
      { name: 'Even', firing: 15, resolved: 0 },
      { name: 'Odd', firing: 15, resolved: 1 },
    ]);
    await m.push([recovery({ fingerprint: 'g1028' })]);
    assert.deepEqual(mails()[2], 'g1028 resolved');
  });

  it('counts the alerts of many rules together', async () => {
    const m = mailer();
    await m.push(
      Array.from({ length: listed + 150 }, (_, i) =>
        alert({ fingerprint: `g${i}`, name: `rule ${i}` }),
      ),
    );
    const { omitted } = extents[0]!;
    assert.equal(omitted.length, 101);
    assert.deepEqual(omitted.at(-1), { name: '…', firing: 50, resolved: 0 });
  });

  it('mails a recipient that is to be asked later alone, all it missed in one mail', async () => {
    const m = mailer();
    deferred = [['b'], ['b'], ['b']];
    await m.push([alert()]);
    await m.push([recovery()]);
    assert.equal(m.waiting, 2);
    await clock.jump();
    await late[0];
    assert.deepEqual(mails(), ['f1 firing', 'f1 resolved', 'f1 firing, f1 resolved']);
    assert.deepEqual(
      extents.map(({ only }) => only),
      [undefined, undefined, 'b'],
    );
    assert.equal(sent[2]!.thread.messageId, '<1>');
    await m.stop(0);
  });

  it('keeps who is to be asked later over a restart', async () => {
    const before = mailer();
    deferred = [['b']];
    await before.push([alert()]);
    await before.stop(0);
    const problems: Error[] = [];
    const after = mailer();
    after.restore(toMailerState(JSON.parse(JSON.stringify(before.state())), problems));
    await Promise.all(late);
    assert.deepEqual(problems, []);
    assert.deepEqual(extents.at(-1), { omitted: [], only: 'b' });
    assert.deepEqual(mails(), ['f1 firing', 'f1 firing']);
    await after.push([recovery()]);
    assert.deepEqual(mails()[2], 'f1 resolved');
  });

  it('mails the recovery to the others where one recipient never takes the alert', async () => {
    const m = mailer();
    deferred = [['b']];
    await m.push([alert()]);
    failures = [problem(false)];
    await clock.jump();
    await assert.rejects(late[0]!, { message: 'mail:25: r' });
    await m.push([recovery()]);
    assert.deepEqual(mails(), ['f1 firing', 'f1 resolved']);
  });

  it('counts for a recipient that is asked later what two mails did not list, over a restart too', async () => {
    const m = mailer();
    deferred = [['b'], ['b']];
    const many = (from: number) =>
      Array.from({ length: listed + 2 }, (_, i) => alert({ fingerprint: `g${from + i}` }));
    await m.push(many(0));
    const omitted = (firing: number) => [{ name: 'CPU usage', firing, resolved: 0 }];
    assert.deepEqual(m.state().queue[0]!.item.omitted, omitted(2));
    await m.push(many(5000));
    // Of the second mail all that it listed too, as the first one filled the list.
    assert.deepEqual(m.state().queue[0]!.item.omitted, omitted(2 + listed + 2));
    assert.deepEqual(extents[0]!.omitted, omitted(2));
    await m.stop(0);
    const after = mailer();
    after.restore(toMailerState(JSON.parse(JSON.stringify(m.state())), []));
    await late.at(-1);
    assert.deepEqual(extents.at(-1), { only: 'b', omitted: omitted(2 + listed + 2) });
  });

  it('tells of each change of what must be kept', async () => {
    const waiting: number[] = [];
    const m = mailer({ keep: async () => void waiting.push(m.waiting) });
    failures = [problem(true)];
    const first = m.push([alert()]);
    const second = m.push([recovery()]);
    const third = m.push([alert({ fingerprint: 'f2' })]);
    assert.deepEqual(waiting, [1, 1, 2, 3]);
    await clock.jump();
    await Promise.all([first, second, third]);
    assert.equal(waiting.at(-1), 0);
  });

  it('waits briefly again after a mail went out', async () => {
    const m = mailer();
    for (let i = 0; i < 2; i++) {
      failures = [problem(true), problem(true)];
      const done = m.push([alert({ fingerprint: `f${i}` })]);
      await clock.jump();
      await clock.jump();
      await done;
    }
    assert.deepEqual(clock.lengths, [5_000, 15_000, 5_000, 15_000]);
  });

  it('keeps a mail that it broke off, and calls that no failure', async () => {
    const retries: unknown[] = [];
    const m = mailer({
      send: (_mail, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(problem(false)));
        }),
      onRetry: (error) => retries.push(error),
    });
    const outcome = m.push([alert()]);
    const stopped = m.stop(1000);
    await clock.jump();
    await stopped;
    assert.equal(await outcome, undefined);
    assert.equal(m.state().queue.length, 1);
    assert.deepEqual(retries, []);
  });

  it('waits ever longer after a refused login: 1, 5, 15 and 60 minutes', async () => {
    const login = () =>
      new SmtpProblem('smtpLogin', { server: 'mail:25', reply: '535' }, true, undefined, {
        needsMending: true,
      });
    failures = Array.from({ length: 5 }, login);
    const done = mailer().push([alert()]);
    for (let i = 0; i < 5; i++) await clock.jump();
    await done;
    assert.deepEqual(
      clock.lengths.map((ms) => ms / 60_000),
      [1, 5, 15, 60, 60],
    );
  });

  it('gives up after 24 hours, with the last reason', async () => {
    failures = Array.from({ length: 1000 }, () => problem(true, 'mail'));
    const failed = assert.rejects(mailer().push([alert()]), {
      message: 'the mail was given up after 24 hours: mail:25: r',
    });
    while (clock.steady() < start + 24 * 3_600_000) await clock.jump();
    await failed;
  });

  it('goes on after a restart', async () => {
    const before = mailer();
    await before.push([alert({ fingerprint: 'f2' })]);
    failures = [problem(true)];
    const waiting = [before.push([alert()]), before.push([recovery()])];
    await clock.timerSet();
    await before.stop(0);
    assert.deepEqual(await Promise.all(waiting), [undefined, undefined]);

    const after = mailer();
    after.restore(toMailerState(JSON.parse(JSON.stringify(before.state())), []));
    await Promise.all(late);
    await after.push([recovery({ fingerprint: 'f2' })]);
    assert.deepEqual(mails(), ['f2 firing', 'f1 firing', 'f1 resolved', 'f2 resolved']);
    assert.deepEqual(sent[2]!.thread.references, ['<2>']);
    assert.deepEqual(after.state().queue, []);
  });

  it('adds to a mail of before a restart unless the server may have taken it', async () => {
    const before = mailer();
    failures = [problem(true)];
    void before.push([alert()]);
    void before.push([alert({ fingerprint: 'f2' })]);
    await clock.timerSet();
    await before.stop(0);
    const after = mailer();
    failures = [problem(true)];
    after.restore(kept(before.state()));
    const added = after.push([alert({ fingerprint: 'f3' })]);
    await clock.jump();
    await added;
    assert.deepEqual(
      sent.map((mail) => [...mail.alerts, mail.thread.messageId]),
      [
        ['f1 firing', '<1>'],
        ['f2 firing', 'f3 firing', '<2>'],
      ],
    );
  });

  it('has each mail kept with its id before the server may take it', async () => {
    const seen: string[] = [];
    const m = mailer({
      keep: async () => {
        for (const { item, tried } of m.state().queue) seen.push(`${item.messageId} ${tried}`);
      },
      send: async ({ messageId }) => {
        seen.push(`sent ${messageId}`);
        throw problem(false);
      },
    });
    await assert.rejects(m.push([alert()]));
    assert.equal(seen.indexOf('<1> true') < seen.indexOf('sent <1>'), true);
  });

  it('mails nothing twice where a sender tells of it again, also of what is over', async () => {
    const m = mailer();
    for (const one of [alert(), alert(), recovery(), recovery(), alert()]) await m.push([one]);
    const after = mailer();
    after.restore(kept(m.state()));
    for (const one of [alert(), recovery()]) await after.push([one]);
    assert.deepEqual(mails(), ['f1 firing', 'f1 resolved']);
  });

  it('waits for a server for as many days as it takes', async () => {
    failures = Array.from({ length: 2000 }, () => problem(true));
    const done = mailer().push([alert()]);
    for (let i = 0; i < 2000; i++) await clock.jump();
    await done;
    assert.deepEqual(mails(), ['f1 firing']);
    assert.ok(clock.steady() - start > 13 * 86_400_000);
  });

  it('mails a group as it is, again each time, in one conversation until it is over', async () => {
    const m = mailer();
    const both = [alert(), alert({ fingerprint: 'f2' })];
    await m.push(both, group({ reason: 'first' }));
    await m.push(both, group({ reason: 'repeat' }));
    await m.push([recovery(), recovery({ fingerprint: 'f2' })], group({ isOver: true }));
    await m.push([alert({ startsAt: start + 1 })], group());
    assert.deepEqual(mails(), [
      'f1 firing, f2 firing',
      'f1 firing, f2 firing',
      'f1 resolved, f2 resolved',
      'f1 firing',
    ]);
    assert.deepEqual(
      sent.map(({ thread }) => thread),
      [
        { messageId: '<1>', references: [] },
        { messageId: '<2>', references: ['<1>'] },
        { messageId: '<3>', references: ['<1>'] },
        { messageId: '<4>', references: [] },
      ],
    );
  });

  it('mails once what comes again of a group under the same id, over a restart too', async () => {
    const before = mailer();
    await before.push([alert()], group({ id: 'i1' }));
    await before.push([alert()], group({ id: 'i1' }));
    const after = mailer();
    after.restore(kept(before.state()));
    await after.push([alert()], group({ id: 'i1' }));
    await after.push([alert()], group({ id: 'i2' }));
    assert.equal(sent.length, 2);
  });

  it('leaves out of a group what is not severe enough, and ends that nobody was told the begin of', async () => {
    const m = mailer({ severity: 'critical' });
    await m.push([alert(), alert({ fingerprint: 'f2', severity: 'warning' })], group());
    await m.push([recovery(), recovery({ fingerprint: 'f2' })], group());
    assert.deepEqual(mails(), ['f1 firing', 'f1 resolved']);
  });

  it('puts together what waits of one group, and mixes no groups', async () => {
    const m = mailer();
    failures = [problem(true)];
    const f = (fingerprint: string) => alert({ fingerprint });
    const all = [
      m.push([f('x')]),
      m.push([f('a1')], group({ key: 'a' })),
      m.push([f('b1')], group({ key: 'b' })),
      m.push([f('a1'), f('a2')], group({ key: 'a' })),
      m.push([recovery({ fingerprint: 'a1' }), f('a2')], group({ key: 'a' })),
      m.push([f('y')]),
    ];
    await clock.jump();
    await Promise.all(all);
    assert.deepEqual(mails(), [
      'x firing',
      'a1 firing, a2 firing, a1 resolved',
      'b1 firing',
      'y firing',
    ]);
  });

  it('tells nothing of an alert before what came before, where its group changes', async () => {
    const m = mailer();
    failures = [problem(true)];
    const f = (fingerprint: string) => alert({ fingerprint });
    const all = [
      m.push([f('x')]),
      m.push([f('a1')], group({ key: 'a' })),
      m.push([f('b1')], group({ key: 'b' })),
      m.push([recovery({ fingerprint: 'b1' })], group({ key: 'a' })),
    ];
    await clock.jump();
    await Promise.all(all);
    assert.deepEqual(mails(), ['x firing', 'a1 firing', 'b1 firing', 'b1 resolved']);
  });

  it('keeps groups and their conversations over a restart', async () => {
    const before = mailer();
    await before.push([alert()], group());
    failures = [problem(true)];
    void before.push([alert({ fingerprint: 'f2' })], group());
    await clock.timerSet();
    await before.stop(0);
    const after = mailer();
    after.restore(kept(before.state()));
    await late.at(-1);
    await after.push([alert({ fingerprint: 'f3' })], group());
    assert.deepEqual(
      sent.map(({ thread }) => thread.references),
      [[], ['<1>'], ['<1>']],
    );
  });

  it('takes no group where too much waits, says so, and keeps what there is', async () => {
    const m = mailer();
    failures = [problem(true)];
    void m.push([alert()]);
    const many = (name: string) =>
      Array.from({ length: listed }, (_, i) => alert({ fingerprint: `${name}${i}` }));
    for (let i = 0; i < mostListed / listed - 1; i++) {
      void m.push(many(`g${i}-`), group({ key: `g${i}` }));
    }
    await assert.rejects(m.push(many('h'), group({ key: 'h' })), {
      message: /^more than 10000 alerts wait to be mailed/,
    });
    assert.equal(m.waiting, 9_001);
    await m.stop(0);
  });

  it('holds back what is over the limit, and tells all of it in one mail', async () => {
    const m = mailer({ perHour: 4 });
    const f = (name: string) => m.push([alert({ fingerprint: name })], group({ key: name }));
    await f('a');
    await f('b');
    const held = [f('c'), f('d'), m.push([alert({ fingerprint: 'e' })])];
    await clock.jump();
    await Promise.all(held);
    assert.deepEqual(mails(), ['a firing', 'b firing', 'c firing, d firing, e firing']);
    assert.deepEqual(digests, [false, false, true]);
    assert.equal(clock.steady() - start, 20 * 60_000);
    await m.stop(0);
  });

  it('remembers over a restart how many went out', async () => {
    const before = mailer({ perHour: 4 });
    await before.push([alert()]);
    await before.push([alert({ fingerprint: 'f2' })]);
    clock.advance(60_000);
    const after = mailer({ perHour: 4 });
    after.restore(kept(before.state()));
    const done = after.push([alert({ fingerprint: 'f3' })]);
    await clock.jump();
    await done;
    assert.equal(clock.steady() - start, 20 * 60_000);
  });

  it('mails a summary once, over a restart too, and holds no alert up with it', async () => {
    const period = { from: start - 1, to: start };
    const seen: string[] = [];
    const send = async ({ messageId, summary }: WaitingMail) => {
      seen.push(summary ? `summary ${summary.to}` : 'alert');
      if (summary && seen.length === 1) throw problem(true, 'mail');
      return {
        ...{ accepted: ['a'], rejected: [], refusals: [] },
        ...{ messageId, response: '', subject: '' },
      };
    };
    const before = mailer({ send });
    before.summarize(period);
    before.summarize(period);
    await before.push([alert()]);
    await before.stop(0);
    const after = mailer({ send });
    after.restore(kept(before.state()));
    after.summarize(period);
    await late.at(-1);
    after.summarize({ from: start, to: start + 1 }, true);
    assert.deepEqual(seen, [`summary ${start}`, 'alert', `summary ${start}`]);
    assert.equal(after.summarized, start + 1);
  });

  it('mails a summary alone to a recipient who was put off', async () => {
    const m = mailer();
    deferred = [['b'], ['b']];
    m.summarize({ from: start - 1, to: start });
    await late[0];
    await m.push([alert()]);
    assert.deepEqual(
      m.state().queue.map(({ item }) => [item.only, item.summary?.to, item.topics.length]),
      [
        ['b', start, 0],
        ['b', undefined, 1],
      ],
    );
    await m.stop(0);
  });

  it('takes no state that is none', () => {
    assert.throws(() => toMailerState([], []), /^Problem: state: expected an object/);
  });

  it('loses no more of a state than what is damaged', () => {
    const problems: Error[] = [];
    const good = { topics: [{ alert: alert() }, { alert: 7 }], messageId: '<1>' };
    const queue = [{ item: 1 }, { item: good, since: 7, tries: 2 }, null];
    const mailed = [['f2', { startsAt: start, messageId: '<2>' }], ['f3', {}], 'x'];
    assert.deepEqual(toMailerState({ queue, mailed }, problems), {
      queue: [
        { item: { topics: [{ alert: alert() }], omitted: [], messageId: '<1>' }, tried: true },
      ],
      mailed: [['f2', { startsAt: start, messageId: '<2>' }]],
      threads: [],
      told: [],
      limit: undefined,
      summarized: undefined,
    });
    assert.equal(problems.length, 5);
    assert.deepEqual(toMailerState({ queue: 7, mailed: [] }, []).queue, []);
  });
});

describe('MailedAlerts', () => {
  it('forgets of too many the one that was mailed longest ago', () => {
    const mailed = new MailedAlerts();
    for (let i = 0; i < mailedLimit; i++) mailed.remember(alert({ fingerprint: `f${i}` }), '<1>');
    mailed.remember(alert({ fingerprint: 'f0', startsAt: start + 1 }), '<2>');
    mailed.remember(alert({ fingerprint: 'new' }), '<3>');
    assert.equal(mailed.messageId(alert({ fingerprint: 'f0' })), '<2>');
    assert.equal(mailed.messageId(alert({ fingerprint: 'f1' })), undefined);
    assert.equal(mailed.messageId(alert({ fingerprint: 'f2' })), '<1>');
    assert.equal(mailed.state().length, mailedLimit);
  });
});
