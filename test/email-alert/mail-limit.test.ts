import assert from 'node:assert/strict';
import { MailLimit } from '../../nodes/email-alert/mail-limit.ts';
import { FakeClock } from '../support/fake-clock.ts';

/** When mails go out, in minutes, where there is always one that waits. */
function times(perHour: number, minutes: number): number[] {
  const clock = new FakeClock();
  const limit = new MailLimit(perHour, clock);
  const sent: number[] = [];
  while (clock.steady() < minutes * 60_000) {
    if (limit.isReached) {
      clock.advance(Math.ceil(limit.notBefore - clock.steady()));
      continue;
    }
    sent.push(Math.floor(clock.steady() / 60_000));
    limit.count();
  }
  return sent;
}

describe('MailLimit', () => {
  it('lets half of the mails out at once, the others evenly', () => {
    assert.deepEqual(times(6, 60), [0, 0, 0, 15, 30, 45]);
    assert.deepEqual(times(1, 200), [0, 60, 120, 180]);
    assert.deepEqual(times(2, 60), [0, 30]);
  });

  it('never lets more out in any hour', () => {
    for (const perHour of [1, 2, 3, 7, 30, 500]) {
      const sent = times(perHour, 300);
      for (const from of sent) {
        const within = sent.filter((time) => time >= from && time < from + 60).length;
        assert.ok(within <= perHour, `${perHour}: ${within}`);
      }
    }
  });

  it('has no limit at 0', () => {
    const clock = new FakeClock();
    const limit = new MailLimit(0, clock);
    for (let i = 0; i < 1000; i++) limit.count();
    assert.equal(limit.isReached, false);
    assert.equal(limit.state(), undefined);
  });

  it('goes on after a restart, and waits no longer where the date was set back', () => {
    const clock = new FakeClock();
    const before = new MailLimit(1, clock);
    before.count();
    const state = before.state()!;
    clock.advance(10 * 60_000);
    const after = new MailLimit(1, clock);
    after.restore(state);
    assert.equal(after.notBefore, 3_600_000);
    clock.setDate(-1e9);
    const later = new MailLimit(1, clock);
    later.restore(state);
    assert.equal(later.notBefore - clock.steady(), 3_600_000);
  });
});
