import assert from 'node:assert/strict';
import type { FlowNode } from '../../scripts/example-flows.ts';
import { Inbox } from '../../scripts/inbox.ts';
import { FakeDevice } from '../support/fake-device.ts';
import { Red } from '../support/red.ts';

const hostile = '<img src=x onerror=alert(1)>';

const cpu = (value: number) => ({ readings: [{ metric: 'cpu_usage', value, unit: '%' }] });

describe('polling, checking and mailing in Node-RED', function () {
  this.timeout(90_000);
  let red: Red;
  let inbox: Inbox;
  let device: FakeDevice;

  beforeEach(async () => {
    [red, inbox, device] = await Promise.all([Red.start(), Inbox.open(), FakeDevice.open(cpu(10))]);
  });

  afterEach(async () => {
    assert.doesNotMatch(red.process.log, /uncaught|Error stopping node|unhandled/i);
    await Promise.all([red.stop(), inbox.close(), device.close()]);
  });

  /** A button, a poll of the device, a check, a mail, and the mail's receipt in the log. */
  function flow(rules: object[], name = 'core-1'): FlowNode[] {
    const at = { x: 0, y: 0 };
    return [
      { id: 'go', type: 'inject', ...at, props: [], wires: [['poll']] },
      {
        id: 'poll',
        type: 'netmon-device-poll',
        ...at,
        devices: [{ name, address: device.address, labels: {} }],
        access: 'access',
        fromMessages: false,
        interval: 0,
        limit: 20,
        mapping: '',
        mappingType: 'netmon',
        wires: [['check', 'polled']],
      },
      { id: 'polled', type: 'debug', ...at, ...toLog('topic') },
      {
        id: 'check',
        type: 'netmon-threshold-check',
        ...at,
        rules,
        sendPending: false,
        wires: [['mail'], []],
      },
      {
        id: 'mail',
        type: 'netmon-email-alert',
        ...at,
        server: 'server',
        from: 'netmon@example.org',
        to: 'ops@example.org',
        cc: '',
        bcc: '',
        severity: 'warning',
        recoveries: true,
        subject: '',
        text: '',
        html: '',
        wires: [[]],
      },
      {
        id: 'access',
        type: 'netmon-device-access',
        protocol: 'http',
        timeout: 5,
        retries: 0,
        url: 'http://{address}/',
        authentication: 'none',
        keyHeader: 'X-API-Key',
        verify: true,
        ca: '',
        maxSize: 5,
      },
      {
        id: 'server',
        type: 'netmon-smtp-server',
        host: '127.0.0.1',
        port: inbox.port,
        security: 'none',
        ca: '',
        verify: true,
        timeout: 20,
      },
    ];
  }

  const toLog = (complete: string) => ({
    active: true,
    tosidebar: false,
    console: true,
    complete,
    targetType: 'msg',
    wires: [],
  });

  /** Presses the button, and waits until the poll's readings came out. */
  async function poll() {
    const from = red.process.log.length;
    await red.inject('go');
    await red.process.logged(/\[debug:polled\]/, { from });
  }

  const busy = { name: 'CPU busy', metric: 'cpu_usage', comparison: '>', threshold: 80 };

  it('mails once when a threshold is crossed and once when it clears, over a restart', async () => {
    await red.deploy(flow([busy]));
    await poll();
    device.answer = cpu(95);
    await poll();
    const [first] = await inbox.received(1);
    assert.match(first!.subject!, /CPU busy · core-1 · 95 %/);
    device.answer = cpu(96);
    await poll();

    await red.restart();
    await poll();
    await red.deploy(flow([busy]));
    await poll();

    // Mails go out in order: one that repeats the alert would come before this one.
    device.answer = cpu(20);
    await poll();
    const mails = await inbox.received(2);
    assert.deepEqual(
      mails.map(({ subject }) => subject!.split(':')[0]),
      ['Warning', 'Resolved'],
    );
  });

  it('goes on after a redeploy in the middle of a poll', async () => {
    await red.deploy(flow([busy]));
    let release = () => {};
    device.hold = new Promise<void>((resolve) => (release = resolve));
    const asked = device.asked();
    await red.inject('go');
    await asked;
    await red.deploy(flow([busy], 'core-2'));
    release();
    device.hold = undefined;

    device.answer = cpu(95);
    await poll();
    const [mail] = await inbox.received(1);
    assert.match(mail!.subject!, /core-2/);
  });

  it('shows what a device calls its interfaces as text, whatever it holds', async () => {
    const down = { name: 'Link down', metric: 'interface_up', comparison: '<', threshold: 1 };
    device.answer = { interfaces: [{ name: `e0${hostile}`, alias: hostile, up: false }] };
    await red.deploy(flow([down], 'core<b>'));
    await poll();
    const [mail] = await inbox.received(1);
    const html = mail!.html || '';
    assert.ok(html.includes('&lt;img src'), html);
    assert.doesNotMatch(html, /<img|core<b>/);
    assert.ok(mail!.text!.includes(hostile));
  });
});
