import assert from 'node:assert/strict';
import type { Alert } from '../../nodes/contract/alert.ts';
import { compose } from '../../nodes/email-alert/compose.ts';
import { checkSettings, defaults } from '../../nodes/email-alert/config.ts';
import type { WaitingMail } from '../../nodes/email-alert/waiting-mail.ts';
import { catalogue } from '../support/catalogue.ts';
import { alert, recovery } from './alerts.ts';

const settings = { ...defaults, from: 'n@example.org', to: 'a@example.org' };
const waiting = (alerts: Alert[], more: Partial<WaitingMail> = {}): WaitingMail => ({
  topics: alerts.map((one) => ({ alert: one })),
  omitted: [],
  messageId: '<1@x>',
  ...more,
});
const mail = (alerts: Alert[], changes = {}, language: 'en-US' | 'de' = 'en-US') =>
  compose(
    checkSettings({ ...settings, ...changes }),
    waiting(alerts),
    catalogue(language, 'email-alert'),
  );
const grouped = (alerts: Alert[], group = {}, more: Partial<WaitingMail> = {}) =>
  compose(
    checkSettings(settings),
    waiting(alerts, {
      group: { key: 'k', id: '', name: 'Hall 3', reason: 'first', isOver: false, ...group },
      ...more,
    }),
    catalogue('en-US', 'email-alert'),
  );

describe('compose', () => {
  const zone = process.env.TZ;
  before(() => (process.env.TZ = 'Europe/Berlin'));
  after(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  describe('of an alert with suspects', () => {
    const suspects: Alert['suspects'] = [
      {
        ...{ kind: 'moved', metric: 'in_rate', unit: 'bit/s', sentence: 'in the words of another' },
        labels: { device: 'core-1', interface: '<b>Gi1</b>' },
        ...{ before: 12e6, after: 48e6, factor: 4, lag: -120 },
      },
      {
        ...{ kind: 'ended', metric: 'cpu_usage', unit: '%', sentence: '' },
        ...{ labels: { device: 'web' }, count: 9, lag: 0 },
      },
    ];

    it('shows them in text, in its own language', () => {
      const lines = `
What changed at that time:
- Incoming traffic of core-1 <b>Gi1</b> rose 4 times (12 Mbit/s → 48 Mbit/s), 2 min before
- web fell silent (9 series), at the same time
`;
      assert.ok(mail([alert({ suspects })]).text.includes(lines));
      const german = mail([alert({ suspects })], {}, 'de').text;
      assert.match(
        german,
        /Was sich zu dieser Zeit geändert hat:\n- Eingehender Verkehr von core-1/,
      );
    });

    it('shows them in HTML, where names do no harm', () => {
      const { html } = mail([alert({ suspects })]);
      assert.match(html, /What changed at that time<\/p>/);
      assert.match(html, /<li [^>]*>Incoming traffic of core-1 &lt;b&gt;Gi1/);
      assert.ok(!html.includes('<b>Gi1'));
    });

    it('does not show them once it is over, nor a heading where there are none', () => {
      for (const one of [recovery({ suspects }), alert({ suspects: [] }), alert()]) {
        const { text, html } = mail([one]);
        assert.ok(!text.includes('What changed') && !html.includes('What changed'));
      }
    });
  });

  describe('of a change', () => {
    const change = (more: Partial<Alert> = {}) =>
      alert({
        ...{ name: 'configuration_changed', metric: 'configuration_changed', unit: '1' },
        ...{ severity: 'info', value: 2, threshold: null, event: true },
        summary: 'the configuration of core-1 changed',
        diff: '@@ -3,2 +3,2 @@\n vlan 10\n- name <old>\n+ name <new>\n',
        ...more,
      });

    it('shows its lines with their numbers in text', () => {
      const { subject, text } = mail([change()]);
      assert.equal(subject, 'Info: configuration changed · core-1');
      assert.ok(
        text.replace(/\u202f/g, ' ').includes(`
Device: core-1
Rule: configuration changed
Severity: Info
Since: Nov 14, 2026, 2:02:11 PM GMT+1

      @@ -3,2 +3,2 @@
   3   vlan 10
   4 -  name <old>
   4 +  name <new>
`),
        text,
      );
    });

    it('shows them in colours, and what they hold as text', () => {
      const { html } = mail([change()]);
      assert.match(
        html,
        /<pre class="removed" [^>]*background: #fde8e8;">\s+4 - {2}name &lt;old&gt;\n<\/pre>/,
      );
      assert.match(
        html,
        /<pre class="added" [^>]*background: #e3f5e9;">\s+4 \+ {2}name &lt;new&gt;\n<\/pre>/,
      );
    });

    it('is told with an alert that fires shortly after it', () => {
      const down = alert({ labels: { device: 'core-1' } });
      const version = {
        ...{ id: 2, device: 'core-1', time: down.startsAt - 240_000, hash: '', size: 0 },
        ...{ added: 3, removed: 1, changedBy: 'ada', isFull: false },
      };
      const { text, html } = compose(
        checkSettings(settings),
        waiting([down]),
        catalogue('en-US', 'email-alert'),
        { changes: new Map([[down.fingerprint, version]]) },
      );
      const told =
        'The configuration of core-1 had changed 4 min before: 3 lines added, 1 removed (ada).';
      assert.ok(text.includes(`\n${told}\n`), text);
      assert.ok(html.includes(told));
    });

    it('is small enough for Gmail, however many changed', () => {
      const lines = Array.from({ length: 199 }, (_, i) => `+interface GigabitEthernet1/0/${i}`);
      const diff = `@@ -0,0 +1,199 @@\n${lines.join('\n')}\n`;
      const many = Array.from({ length: 10 }, (_, i) => change({ diff, fingerprint: `f${i}` }));
      const { html, text } = mail(many);
      assert.ok(html.length < 102_000, String(html.length));
      assert.ok(text.includes('200 more lines are left out'));
    });
  });

  it('tells of an alert in text', () => {
    const { subject, text, urgent } = mail([alert({ labels: { device: 'core-1', disk: '/' } })]);
    assert.equal(subject, 'Critical: CPU usage · core-1 · 93 %');
    assert.equal(
      // Releases of ICU differ in the blank before PM.
      text.replace(/\u202f/g, ' '),
      `Critical: cpu_usage of core-1 is 93 %, above 80 %

Device: core-1
Rule: CPU usage
Metric: CPU
Value: 93 %
Threshold: 80 %
Severity: Critical
disk: /
Since: Nov 14, 2026, 2:02:11 PM GMT+1

-- 
Sent by Netmon. Time zone: Europe/Berlin.
`,
    );
    assert.equal(urgent, true);
  });

  it('tells of a recovery, in German too', () => {
    const { subject, text, urgent } = mail([recovery({ value: 41.5 })], {}, 'de');
    assert.equal(subject, 'Behoben: CPU usage · core-1 · 41,5 %');
    assert.match(
      text,
      /Seit: 14\.11\.2026, 14:02:11 MEZ\nBis: 14\.11\.2026, 14:03:41 MEZ\nDauer: 1 min 30 s/,
    );
    assert.equal(urgent, false);
  });

  it('lists several alerts in one mail', () => {
    const { subject, text, html } = mail([alert(), alert({ labels: { device: 'core-2' } })]);
    assert.equal(subject, 'Critical: CPU usage · core-1 · 93 % (+1)');
    for (const body of [text, html]) assert.match(body, /core-1[^]*core-2/);
  });

  it('tells how many alerts of each rule it does not list', () => {
    const omitted = [
      { name: 'Link\r\n<down>', firing: 30, resolved: 2 },
      { name: 'CPU usage', firing: 8, resolved: 0 },
    ];
    const told = compose(
      checkSettings(settings),
      waiting([alert(), alert()], { omitted }),
      catalogue('en-US', 'email-alert'),
    );
    assert.match(told.subject, / \(\+41\)$/);
    assert.match(
      told.text,
      /^And 40 more alerts\. Link <down>: 30 firing, 2 resolved; CPU usage: 8 firing, 0 resolved$/m,
    );
    assert.match(told.html, />And 40 more alerts\. Link &lt;down&gt;: 30 firing/);
    assert.doesNotMatch(mail([alert()]).text, /more alerts/);
  });

  it('leaves out what is not known', () => {
    const { subject, text } = mail([alert({ value: null, threshold: null, labels: {} })]);
    assert.equal(subject, 'Critical: CPU usage · Missing data');
    assert.doesNotMatch(text, /Value|Threshold|Device|Until/);
  });

  it('keeps line breaks out of the subject and each text on its line', () => {
    const device = 'core\r\nBcc: victim@example.org\n\u2028x\u0000y';
    const { subject, text } = mail([alert({ labels: { device }, summary: 'a\nValue: 1 %' })]);
    assert.equal(subject, 'Critical: CPU usage · core Bcc: victim@example.org x y · 93 %');
    assert.match(text, /^Critical: a Value: 1 %$/m);
    assert.match(text, /^Device: core Bcc: victim@example.org x y$/m);
    assert.equal(mail([alert()], { subject: 'a\r\nBcc: {{device}}' }).subject, 'a Bcc: core-1');
  });

  it('shortens a long subject, but cuts no character in two', () => {
    const { subject } = mail([alert({ labels: { device: '😀'.repeat(500) } })]);
    assert.equal(Array.from(subject).length, 150);
    assert.match(subject, /😀…$/u);
  });

  it('escapes whatever data reach the HTML', () => {
    const hostile = '<img src=x onerror=alert(1)>"&\'{{name}}';
    const { html } = mail([
      alert({ labels: { device: hostile, disk: hostile }, summary: hostile, unit: hostile }),
    ]);
    assert.doesNotMatch(html, /<img|CPU usage}}/);
    const escaped = '&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;&quot;&amp;&#39;{{name}}';
    assert.equal(html.split(escaped).length - 1, 7);
    const own = { html: '{{{device}}} {{&device}} {{labels.__proto__}}{{constructor}}' };
    assert.match(mail([alert({ labels: { device: '<b>' } })], own).html, /^&lt;b&gt; &lt;b&gt; $/);
  });

  it('shows every placeholder to templates', () => {
    const text =
      '{{status}}|{{severity}}|{{threshold}}|{{labels.interface}}|{{count}}|{{more}}|{{fingerprint}}|' +
      '{{duration}}|{{#firing}}x{{/firing}}{{#resolved}}y{{/resolved}}';
    assert.equal(
      mail([recovery({ labels: { interface: 'eth0' } })], { text }).text,
      'Resolved|Critical|80 %|eth0|1|0|f1|1 min 30 s|y',
    );
  });

  it('tells missing data, down and degraded apart in words', () => {
    const subject = (changes: Partial<Alert>) => mail([alert(changes)]).subject;
    assert.equal(
      subject({ metric: 'device_up', value: 0, unit: '1' }),
      'Critical: CPU usage · core-1 · Down',
    );
    assert.equal(
      subject({ metric: 'device_degraded', value: 1, unit: '1' }),
      'Critical: CPU usage · core-1 · Degraded',
    );
    assert.equal(subject({ value: null }), 'Critical: CPU usage · core-1 · Missing data');
    const over = mail([recovery({ metric: 'device_up', value: 1, unit: '1' })]);
    assert.doesNotMatch(over.text, /Down/);
    assert.match(mail([alert({ value: null })]).text, /^State: Missing data$/m);
  });

  it('tells of a group by its name, what fires worst first', () => {
    const told = grouped(
      [
        recovery({ labels: { device: 'd1' } }),
        alert({ labels: { device: 'd2' }, severity: 'warning' }),
        alert({ labels: { device: 'd3' } }),
      ],
      { name: 'Hall\n3', reason: 'changed' },
      { thread: '<0@x>' },
    );
    assert.equal(told.subject, 'Critical: Hall 3 (+2)');
    assert.match(told.text, /d3[^]*d2[^]*d1/);
    assert.deepEqual(told.references, ['<0@x>']);
    assert.equal(told.urgent, true);
  });

  it('says why a group is told of again, and what was held back', () => {
    assert.match(
      grouped([alert()], { reason: 'repeat' }).text,
      /^This was told before and is not over\.$/m,
    );
    assert.doesNotMatch(grouped([alert()], { reason: 'constructor' }).text, /reason/);
    const { text, html } = grouped([alert()], {}, { isDigest: true });
    for (const body of [text, html]) assert.match(body, /this one was held back/);
    assert.doesNotMatch(mail([alert()]).text, /held back/);
  });

  it('survives a time that no calendar has', () => {
    assert.doesNotMatch(mail([alert({ startsAt: 1e300 })]).text, /Since/);
  });
});
