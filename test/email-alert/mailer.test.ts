import assert from 'node:assert/strict';
import type { Alert } from '../../nodes/shared/alert.ts';
import type { Thread } from '../../nodes/email-alert/compose.ts';
import { AlertMailer, queueLimit, type MailerOptions } from '../../nodes/email-alert/mailer.ts';
import { toMailerState } from '../../nodes/email-alert/mailer-state.ts';
import { SmtpProblem } from '../../nodes/smtp-server/smtp-problem.ts';
import { alert, recovery, start } from './alerts.ts';
import { ManualClock } from './clock.ts';

const problem = (temporary: boolean) =>
  new SmtpProblem('smtpOther', { server: 'mail:25', reason: 'r' }, temporary, undefined);

describe('AlertMailer', () => {
  let clock: ManualClock;
  let sent: { alerts: string[]; thread: Thread }[];
  let failures: Error[];
  let ids: number;

  const mailer = (options: Partial<MailerOptions> = {}) =>
    new AlertMailer({
      severity: 'info',
      recoveries: true,
      send: async (alerts: Alert[], thread) => {
        const failure = failures.shift();
        if (failure) throw failure;
        sent.push({ alerts: alerts.map((a) => `${a.fingerprint} ${a.state}`), thread });
        const { messageId } = thread;
        return { accepted: [], rejected: [], refusals: [], messageId, response: '', subject: '' };
      },
      onChange: () => {},
      onRetry: () => {},
      newMessageId: () => `<${++ids}>`,
      clock,
      ...options,
    });
  const mails = () => sent.map((mail) => mail.alerts.join(', '));

  beforeEach(() => {
    clock = new ManualClock(start);
    sent = [];
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
    assert.deepEqual(m.state(), { queue: [], mailed: [] });
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
    assert.deepEqual(m.state().mailed, []);
  });

  it('mails several alerts in one mail, without those it passes over', async () => {
    await mailer({ severity: 'critical' }).push([
      alert(),
      alert({ fingerprint: 'f2', severity: 'warning' }),
      alert({ fingerprint: 'f3' }),
    ]);
    assert.deepEqual(mails(), ['f1 firing, f3 firing']);
  });

  it('mails a repetition in the same conversation, but not twice at once', async () => {
    const m = mailer();
    failures = [problem(true)];
    const first = m.push([alert()]);
    assert.equal(await m.push([alert()]), undefined);
    await clock.jump();
    await first;
    await m.push([alert()]);
    await m.push([recovery()]);
    assert.deepEqual(
      sent.map((mail) => [mail.thread.messageId, ...mail.thread.references]),
      [['<1>'], ['<3>', '<1>'], ['<4>', '<1>']],
    );
  });

  it('mails no recovery of an alert whose mail failed for good', async () => {
    const m = mailer();
    failures = [problem(true), problem(false)];
    const first = assert.rejects(m.push([alert()]), { message: 'mail:25: r' });
    const second = m.push([recovery()]);
    const third = m.push([alert({ startsAt: start + 1 })]);
    await clock.jump();
    await first;
    assert.equal(await second, undefined);
    await third;
    await m.push([recovery()]);
    assert.deepEqual(mails(), ['f1 firing', 'f1 resolved']);
  });

  it('keeps each episode of a flapping alert in its own conversation', async () => {
    const m = mailer();
    failures = [problem(true)];
    const again = { startsAt: start + 1 };
    const all = [[alert()], [recovery()], [alert(again)], [recovery(again)]].map((a) => m.push(a));
    await clock.jump();
    await Promise.all(all);
    assert.deepEqual(
      sent.map((mail) => [...mail.alerts, ...mail.thread.references]),
      [['f1 firing'], ['f1 resolved', '<1>'], ['f1 firing'], ['f1 resolved', '<3>']],
    );
  });

  it('gives up after 24 hours, with the last reason', async () => {
    failures = Array.from({ length: 1000 }, () => problem(true));
    const failed = assert.rejects(mailer().push([alert()]), {
      message: 'the mail was given up after 24 hours: mail:25: r',
    });
    while (clock.time < start + 24 * 3_600_000) await clock.jump();
    await failed;
  });

  it('pushes the oldest out where too many wait', async () => {
    const m = mailer();
    failures = [problem(true)];
    const first = assert.rejects(m.push([alert()]), {
      message: 'the oldest mail was dropped: more than 100 are waiting',
    });
    await clock.set();
    for (let i = 1; i <= queueLimit; i++) void m.push([alert({ fingerprint: `g${i}` })]);
    await first;
    assert.equal(m.waiting, queueLimit);
    await m.stop(0);
  });

  it('goes on after a restart', async () => {
    const before = mailer();
    await before.push([alert({ fingerprint: 'f2' })]);
    failures = [problem(true)];
    const waiting = [before.push([alert()]), before.push([recovery()])];
    await clock.set();
    await before.stop(0);
    assert.deepEqual(await Promise.all(waiting), [undefined, undefined]);

    const after = mailer();
    await Promise.all(after.restore(toMailerState(JSON.parse(JSON.stringify(before.state())))));
    await after.push([recovery({ fingerprint: 'f2' })]);
    assert.deepEqual(mails(), ['f2 firing', 'f1 firing', 'f1 resolved', 'f2 resolved']);
    assert.deepEqual(sent[2]!.thread.references, ['<2>']);
    assert.deepEqual(after.state(), { queue: [], mailed: [] });
  });

  it('takes no state that is none', () => {
    assert.throws(() => toMailerState([]), /^Problem: state: expected an object/);
    assert.throws(
      () => toMailerState({ queue: [{ item: 1 }], mailed: [] }),
      /item: expected an obj/,
    );
  });
});
