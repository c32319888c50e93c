import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { isWebhook, webhookAlerts } from '../../nodes/alert-manager/webhook.ts';
import type { Alert } from '../../nodes/contract/alert.ts';
import { type FlowNode, readExample } from '../../scripts/example-flows.ts';
import { freePort } from '../support/free-port.ts';
import { endPrograms, needs, start } from '../support/program.ts';
import { root } from '../support/red.ts';

interface Message {
  topic?: string;
  payload: unknown;
}

interface Posted {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  status: { state: string };
}

describe('the example "Alertmanager"', function () {
  this.timeout(60_000);
  let folder: string;
  let webhook: Server;
  let example: FlowNode[];
  let url: string;
  /** what Alertmanager posts to the webhook */
  const posted: unknown[] = [];
  const happened = new EventEmitter();

  before(async function () {
    needs(this, 'prometheus-alertmanager');
    example = await readExample(join(root, 'examples'), 'Alertmanager');
    folder = mkdtempSync(join(tmpdir(), 'netmon-alertmanager-'));
    webhook = createServer((request, response) => {
      let body = '';
      request.on('data', (piece: Buffer) => (body += piece.toString()));
      request.on('end', () => {
        posted.push(JSON.parse(body));
        happened.emit('post');
        response.end();
      });
    }).listen(0, '127.0.0.1');
    await once(webhook, 'listening');
    const hook = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/`;
    const config = join(folder, 'alertmanager.yml');
    writeFileSync(
      config,
      `route: {receiver: netmon, group_wait: 0s, group_interval: 1s, group_by: [alertname]}
receivers: [{name: netmon, webhook_configs: [{url: "${hook}", send_resolved: true}]}]
`,
    );
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    start('prometheus-alertmanager', [
      `--config.file=${config}`,
      `--storage.path=${folder}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ]);
    for (;;) {
      const ready = await fetch(`${url}/-/ready`).catch(() => undefined);
      if (ready?.ok) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  after(async () => {
    await endPrograms();
    webhook?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  /** The example's function node, with a context of its own. */
  function exampleFunction(): (message: Message) => Message | null {
    const func = String(example.find(({ type }) => type === 'function')!.func);
    const kept = new Map<string, unknown>();
    const context = {
      get: (name: string) => kept.get(name),
      set: (name: string, value: unknown) => void kept.set(name, value),
    };
    const run = runInNewContext(`(msg, context) => {${func}\n}`) as (
      message: Message,
      of: typeof context,
    ) => Message | null;
    return (message) => run(message, context);
  }

  async function post(message: Message | null) {
    assert.ok(message);
    const response = await fetch(`${url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message.payload),
    });
    assert.equal(response.status, 200, await response.text());
  }

  async function nextPost(): Promise<unknown> {
    while (posted.length === 0) await once(happened, 'post');
    return posted.shift();
  }

  it('forwards what fires and what ended, and alert manager takes what comes back', async () => {
    const convert = exampleFunction();
    const alert: Alert = {
      ...{ name: 'CPU too high', state: 'firing', severity: 'warning', metric: 'cpu_usage' },
      ...{ labels: { device: 'web-1' }, unit: '%', value: 95, threshold: 80 },
      ...{ summary: 'CPU on web-1 is 95 %', startsAt: Date.now() - 5000, fingerprint: 'a1' },
    };
    assert.equal(convert({ topic: 'again', payload: 0 }), null);
    await post(convert({ topic: 'alerts', payload: [alert] }));
    const there = (await (await fetch(`${url}/api/v2/alerts`)).json()) as Posted[];
    assert.deepEqual(
      there.map(({ labels, annotations }) => [labels, annotations]),
      [
        [
          {
            ...{ alertname: 'CPU too high', device: 'web-1' },
            ...{ metric: 'cpu_usage', severity: 'warning' },
          },
          { summary: 'CPU on web-1 is 95 %' },
        ],
      ],
    );

    const first = await nextPost();
    assert.ok(isWebhook(first));
    const [back] = webhookAlerts(first);
    assert.deepEqual(
      { ...back, fingerprint: '' },
      { ...alert, unit: '1', value: null, threshold: null, fingerprint: '' },
    );

    // In between it is sent again, and is still one alert.
    await post(convert({ topic: 'again', payload: 0 }));
    await post(convert({ topic: 'alerts', payload: [] }));
    const last = await nextPost();
    assert.ok(isWebhook(last));
    const [ended] = webhookAlerts(last);
    assert.deepEqual(
      [ended!.state, ended!.fingerprint, ended!.endsAt! >= alert.startsAt],
      ['resolved', back!.fingerprint, true],
    );
    assert.equal(convert({ topic: 'again', payload: 0 }), null);
  });
});
