import assert from 'node:assert/strict';
import type { Alert } from '../../nodes/contract/alert.ts';
import { compose } from '../../nodes/email-alert/compose.ts';
import { checkSettings, defaults } from '../../nodes/email-alert/config.ts';
import { topTalkers } from '../../nodes/email-alert/top-talkers.ts';
import { catalogue } from '../support/catalogue.ts';
import { flow, SmallHistory } from '../support/flows.ts';
import { alert, recovery, start } from './alerts.ts';

const minute = 60_000;
const never = new AbortController().signal;

describe('topTalkers', () => {
  let history: SmallHistory;
  const busy = (more: Partial<Alert> = {}) =>
    alert({
      ...{ name: 'Port busy', metric: 'utilization', severity: 'warning' },
      ...{ labels: { device: 'gw', interface: 'wan' }, value: 91 },
      ...more,
    });

  beforeEach(() => {
    history = new SmallHistory();
    // For an hour something else was the largest; since 4 minutes before the alert the NAS is.
    for (let i = -60; i <= 1; i++) {
      const time = start + i * minute;
      history.keep(flow(100e6, {}, { time }));
      if (i < -10) history.keep(flow(90e6, { talker: 'backup' }, { time }));
      if (i >= -4) history.keep(flow(60e6, { talker: 'nas' }, { time }));
      if (i >= 0) history.keep(flow(30e6, { talker: '10.0.0.7' }, { time }));
      history.keep(
        flow(4e6, { talker: 'a' }, { time }),
        flow(3e6, { talker: 'b' }, { time }),
        flow(20e6, { talker: 'other' }, { time }),
        flow(99e6, { talker: 'elsewhere' }, { time, interface: 'lan' }),
      );
    }
  });

  it('are those of the interface since shortly before the alert, by their means', async () => {
    const found = await topTalkers([busy()], history, start + minute + 1, never);
    // Of 7 intervals the NAS has 6, and 10.0.0.7 has 2.
    assert.deepEqual(found.get('f1'), [
      { name: 'nas', rate: 51_428_600, share: 51.429 },
      { name: '10.0.0.7', rate: 8_571_430, share: 8.571 },
      { name: 'a', rate: 4e6, share: 4 },
    ]);
  });

  it('look back an hour of an alert that has lasted long', async () => {
    const old = busy({ startsAt: start - 24 * 60 * minute });
    const found = await topTalkers([old], history, start + minute + 1, never);
    assert.equal(found.get('f1')![0]!.name, 'backup');
  });

  it('are asked for once an interface, and not of what is over or about no traffic', async () => {
    const found = await topTalkers(
      [
        busy(),
        busy({ metric: 'in_rate', fingerprint: 'f2' }),
        recovery({ ...busy(), state: 'resolved', fingerprint: 'f3' }),
        busy({ metric: 'interface_up', fingerprint: 'f4' }),
        busy({ labels: { device: 'gw' }, fingerprint: 'f5' }),
        busy({ labels: { device: 'gw', interface: 'x'.repeat(2000) }, fingerprint: 'f6' }),
        busy({ labels: { device: 'gw', interface: 'dmz' }, fingerprint: 'f7' }),
        busy({ startsAt: start + 24 * 60 * minute, fingerprint: 'f8' }),
      ],
      history,
      start + 2 * minute,
      never,
    );
    assert.deepEqual([...found.keys()], ['f1', 'f2']);
    // The total and the talkers of wan, and the total of dmz.
    assert.equal(history.asked.length, 3);
  });

  it('stand in the mail, a line each, whatever they are called', async () => {
    const evil = 'x</td>\r\nBcc: a@example.org';
    const mail = compose(
      checkSettings({ ...defaults, from: 'n@example.org', to: 'a@example.org' }),
      { topics: [{ alert: busy() }], omitted: [], messageId: '<1@x>' },
      catalogue('en-US', 'email-alert'),
      {
        talkers: new Map([
          [
            'f1',
            [
              { name: '10.0.0.7', rate: 45.2e6, share: 31.4 },
              { name: evil, rate: 1e6, share: 1 },
            ],
          ],
        ]),
      },
    );
    assert.match(mail.text, /^Talker 1: 10\.0\.0\.7 · 45\.2 Mbit\/s · 31\.4 %$/m);
    assert.match(mail.text, /^Talker 2: x<\/td> Bcc: a@example\.org · 1 Mbit\/s · 1 %$/m);
    assert.match(mail.html, />x&lt;&#x2F;td&gt; Bcc:/);
  });
});
