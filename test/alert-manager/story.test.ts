import assert from 'node:assert/strict';
import { AlertManager, type Changes } from '../../nodes/alert-manager/alert-manager.ts';
import { checkConfiguration } from '../../nodes/alert-manager/configuration.ts';
import { decode, encode, restore } from '../../nodes/alert-manager/state.ts';
import type { Reading } from '../../nodes/contract/reading.ts';
import { toAlertGroup } from '../../nodes/email-alert/alert-group.ts';
import { AlertMailer } from '../../nodes/email-alert/mailer.ts';
import { alertsOf } from '../../nodes/email-alert/waiting-mail.ts';
import { SmtpProblem } from '../../nodes/shared/mail/smtp-problem.ts';
import { checkRules } from '../../nodes/threshold-check/rule.ts';
import { ThresholdCheck } from '../../nodes/threshold-check/threshold-check.ts';
import { FakeClock } from '../support/fake-clock.ts';

const begin = Date.UTC(2026, 10, 25, 8);
const words = '{{series}}';
const configuration = checkConfiguration('', {
  groupWait: 10,
  groupInterval: 60,
  childGrace: 50,
  parents: [{ devices: 'ap-*', parents: 'switch' }],
});
const rules = checkRules('rules', [
  { name: 'Down', metric: 'device_up', comparison: '<', threshold: 1, for: 60 },
]);

/** From readings to mails: threshold check, alert manager and email alert, with one clock. */
class Story {
  readonly #clock = new FakeClock({ steady: begin });
  readonly #check: ThresholdCheck;
  #manager = this.#made();
  readonly #mailer: AlertMailer;
  #isServerDown = false;
  readonly #restarts: boolean;
  readonly mails: string[] = [];

  constructor(restarts: boolean) {
    this.#restarts = restarts;
    const texts = {
      ...{ reading: words, silence: words, gone: words, rule: words, up: words, down: words },
      metricName: String,
    };
    this.#check = new ThresholdCheck({ texts, sendPending: false, now: begin });
    this.#check.setRules(rules, begin);
    let mails = 0;
    this.#mailer = new AlertMailer({
      ...{ severity: 'info', recoveries: true, perHour: 0, clock: this.#clock },
      send: (mail) => {
        if (this.#isServerDown) {
          const problem = new SmtpProblem(
            'smtpOther',
            { server: 'm', reason: 'r' },
            true,
            undefined,
          );
          return Promise.reject(problem);
        }
        const told = alertsOf(mail).map(({ labels, state }) => `${labels.device} ${state}`);
        this.mails.push(`${this.#seconds}: ${told.join(', ')}`);
        return Promise.resolve({
          ...{ accepted: ['a'], rejected: [], refusals: [], response: '', subject: '' },
          messageId: mail.messageId,
        });
      },
      keep: () => Promise.resolve(),
      onRetry: () => {},
      onOutcome: () => {},
      newMessageId: () => `<${++mails}>`,
    });
  }

  /** Polls devices each 30 s from one time to another, s since the begin: `!ap-1` does not answer. */
  async poll(from: number, to: number, ...devices: string[]) {
    for (let at = from; at <= to; at += 30) {
      await this.#until(at);
      const readings = devices.map((name): Reading => {
        const labels = { device: name.replace('!', '') };
        const value = name.startsWith('!') ? 0 : 1;
        return { metric: 'device_up', value, unit: '1', time: this.#clock.date(), labels };
      });
      // As the nodes are wired: each sees the readings, and the manager what comes of the rules.
      await this.#tell(this.#manager.observe(readings, this.#moment));
      const changes = this.#check.observe(readings, this.#clock.steady());
      await this.#tell(this.#manager.take(changes.alerts, this.#moment));
      if (changes.active) {
        await this.#tell(this.#manager.takeList(this.#check.active(), 'check', this.#moment));
      }
    }
  }

  async serverIsDown(isDown: boolean, at: number) {
    await this.#until(at);
    this.#isServerDown = isDown;
  }

  async #until(at: number) {
    this.#restart();
    for (;;) {
      const wake = this.#seconds + this.#manager.wakeIn(this.#moment) / 1000;
      if (wake > at) break;
      await this.#advance(wake);
      await this.#tell(this.#manager.elapse(this.#moment));
      this.#restart();
    }
    await this.#advance(at);
  }

  // In steps, so that a mail that is tried again is under way at its time.
  async #advance(to: number) {
    while (this.#seconds < to) {
      this.#clock.advance(Math.min(1000, (to - this.#seconds) * 1000));
      await new Promise(setImmediate);
    }
  }

  async #tell({ notifications }: Changes) {
    for (const { payload, topic, group } of notifications) {
      void this.#mailer.push(payload, toAlertGroup(group, topic));
    }
    await new Promise(setImmediate);
  }

  #restart() {
    if (!this.#restarts) return;
    const kept = JSON.stringify(encode(this.#manager, configuration.input, this.#moment, 'run'));
    this.#manager = this.#made();
    restore(this.#manager, decode(JSON.parse(kept)), this.#moment, 'run');
  }

  #made(): AlertManager {
    const texts = { all: 'all', flapping: (summary: string) => summary };
    return new AlertManager({ configuration, texts, now: { now: begin, date: begin } });
  }

  get #seconds(): number {
    return (this.#clock.steady() - begin) / 1000;
  }

  get #moment() {
    return { now: this.#clock.steady(), date: this.#clock.date() };
  }
}

for (const restarts of [false, true]) {
  describe(`From readings to mails${restarts ? ', with a restart at each step' : ''}`, () => {
    it('one outage of a switch is one mail, and its end another', async () => {
      const story = new Story(restarts);
      await story.poll(0, 60, 'switch', 'ap-1', 'ap-2');
      await story.poll(90, 300, '!switch', '!ap-1', '!ap-2');
      await story.poll(330, 330, 'switch', '!ap-1', '!ap-2');
      await story.poll(360, 600, 'switch', 'ap-1', 'ap-2');
      assert.deepEqual(story.mails, ['160: switch firing', '340: switch resolved']);
    });

    it('a device that stays down after its parent is back is told of then', async () => {
      const story = new Story(restarts);
      await story.poll(0, 60, 'switch', 'ap-1', 'ap-2');
      await story.poll(90, 300, '!switch', '!ap-1', '!ap-2');
      await story.poll(330, 600, 'switch', '!ap-1', 'ap-2');
      assert.deepEqual(story.mails, [
        '160: switch firing',
        '340: switch resolved',
        '400: ap-1 firing',
      ]);
    });

    it('what comes while the mail server is down is mailed in order, once it is back', async () => {
      const story = new Story(restarts);
      await story.poll(0, 60, 'switch', 'ap-1');
      await story.serverIsDown(true, 80);
      await story.poll(90, 300, 'switch', '!ap-1');
      await story.poll(330, 450, 'switch', 'ap-1');
      assert.equal(story.mails.length, 0);
      await story.serverIsDown(false, 460);
      await story.poll(480, 1200, 'switch', 'ap-1');
      assert.deepEqual(
        story.mails.map((mail) => mail.replace(/^\d+: /, '')),
        ['ap-1 firing', 'ap-1 resolved'],
      );
    });
  });
}
