import assert from 'node:assert/strict';
import type { Alert } from '../../nodes/contract/alert.ts';
import { compose } from '../../nodes/email-alert/compose.ts';
import { checkSettings, defaults } from '../../nodes/email-alert/config.ts';
import { catalogue } from '../support/catalogue.ts';
import { alert, recovery } from './alerts.ts';

const settings = { ...defaults, from: 'n@example.org', to: 'a@example.org' };
const thread = { messageId: '<1@x>', references: [] };
const mail = (alerts: Alert[], changes = {}, language: 'en-US' | 'de' = 'en-US') =>
  compose(
    checkSettings({ ...settings, ...changes }),
    alerts,
    thread,
    catalogue(language, 'email-alert'),
  );

describe('compose', () => {
  const zone = process.env.TZ;
  before(() => (process.env.TZ = 'Europe/Berlin'));
  after(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
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
Metric: cpu_usage
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
      [alert(), alert()],
      thread,
      catalogue('en-US', 'email-alert'),
      omitted,
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
    assert.equal(subject, 'Critical: CPU usage');
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

  it('survives a time that no calendar has', () => {
    assert.doesNotMatch(mail([alert({ startsAt: 1e300 })]).text, /Since/);
  });
});
