import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readExample } from '../../scripts/example-flows.ts';
import { Red, root } from '../support/red.ts';

interface Series {
  metric: string;
  values: Record<string, number[]>;
}

describe('history in Node-RED', function () {
  this.timeout(90_000);
  let red: Red;

  beforeEach(async () => {
    red = await Red.start();
  });

  afterEach(async () => {
    assert.doesNotMatch(red.process.log, /uncaught|Error stopping node|unhandled/i);
    await red.stop();
  });

  const example = (name: string) => readExample(join(root, 'examples'), name);
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(red.url + path, { headers });
    return { status: answer.status, text: await answer.text() };
  };
  const seriesAt = async (path: string) => {
    const { text } = await get(path);
    return JSON.parse(text) as Series[];
  };

  it('is kept over a restart, and read by the flow of the example', async () => {
    const at = { x: 0, y: 0 };
    const api = await example('Metrics API');
    const database = api.find(({ type }) => type === 'netmon-history-database')!;
    const payload =
      '{"metric": "cpu_usage", "value": 12.5, "unit": "%", "labels": {"device": "a"}}';
    const props = [{ p: 'payload', v: payload, vt: 'json' }];
    await red.deploy([
      ...api,
      { id: 'go', type: 'inject', ...at, props, wires: [['keep']] },
      { id: 'keep', type: 'netmon-history-write', ...at, database: database.id, wires: [] },
      { id: 'kept', type: 'complete', ...at, scope: ['keep'], wires: [['log']] },
      {
        ...{ id: 'log', type: 'debug', ...at, active: true, tosidebar: false, console: true },
        ...{ complete: '"kept"', targetType: 'jsonata' },
      },
    ]);
    const kept = red.process.logged(/debug:log\] kept/);
    await red.inject('go');
    await kept;
    const values = async () =>
      (await seriesAt('/my-metrics?metrics=cpu_*&step=raw')).map((one) => one.values);
    assert.deepEqual(await values(), [{ value: [12.5] }]);
    await red.restart();
    assert.deepEqual(await values(), [{ value: [12.5] }]);
    const { status, text } = await get('/my-metrics?from=tomorrow');
    assert.equal(status, 400);
    assert.match((JSON.parse(text) as { error: string }).error, /^From: expected 24h, yesterday/);
  });

  it('has the last day of a rule, how often it would have fired, and how many messages that would have been', async () => {
    const check = { type: 'netmon-threshold-check', rules: [] };
    const place = { x: 100, y: 100 };
    await red.deploy([
      { id: 'db', type: 'netmon-history-database', name: '' },
      { id: 'in', type: 'http in', url: '/keep', method: 'post', ...place, wires: [['keep']] },
      { id: 'keep', type: 'netmon-history-write', database: 'db', ...place },
      { id: 'alone', ...check, ...place, wires: [[], []] },
      { id: 'managed', ...check, ...place, wires: [['manager'], []] },
      {
        ...{ id: 'manager', type: 'netmon-alert-manager', ...place, groupWait: 0 },
        wires: [['mail'], [], [], []],
      },
      { id: 'server', type: 'netmon-smtp-server', host: '127.0.0.1', port: 9, security: 'none' },
      { id: 'mailed', ...check, ...place, wires: [['mail'], []] },
      {
        ...{ id: 'mail', type: 'netmon-email-alert', server: 'server', ...place, wires: [[]] },
        ...{ from: 'netmon@example.org', to: 'you@example.org', recoveries: false },
      },
    ]);
    const minute = 60_000;
    const readings = [90, 20, 95, 96].map((value, i) => ({
      ...{ metric: 'cpu_usage', value, unit: '%', labels: { device: 'a' } },
      time: Date.now() - (60 - 10 * i) * minute,
    }));
    await fetch(`${red.url}/keep`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(readings),
      signal: AbortSignal.timeout(200),
    }).catch(() => {});
    const rule = { metric: 'cpu_usage', comparison: '>', threshold: 80 };
    const past = async (node: string) => {
      const answer = await red.request('/netmon/threshold-check/past', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ rule, node }),
      });
      return (await answer.json()) as { fired: number; messages?: number } | null;
    };
    let alone = await past('alone');
    while (!alone?.fired) alone = await past('alone');
    assert.equal(alone.fired, 2);
    assert.equal(alone.messages, undefined);
    assert.equal((await past('gone'))?.messages, undefined);
    assert.equal((await past('mailed'))?.messages, 2);
    // The end of the first, too.
    assert.equal((await past('managed'))?.messages, 3);
  });

  it('answers at addresses of its own, behind the login of Node-RED’s nodes', async () => {
    await red.stop();
    // The password is “secret”.
    const pass = '$2b$08$A6/UWKBcpvtAAE4d.gKQIun2ivTNn68P34ZbIKLBCM4GX4bJfdvgW';
    red = await Red.start({
      settings: { httpNodeRoot: '/flows', httpNodeAuth: { user: 'netmon', pass } },
    });
    await red.deploy([
      { id: 'db', type: 'netmon-history-database', name: '', api: true, apiPath: 'netmon' },
    ]);
    for (const path of ['/flows/netmon/metrics', '/flows/netmon/api/metrics']) {
      assert.equal((await get(path)).status, 401, path);
    }
    assert.equal((await get('/netmon/metrics')).status, 404);
    const authorization = `Basic ${Buffer.from('netmon:secret').toString('base64')}`;
    assert.equal((await get('/flows/netmon/metrics', { authorization })).status, 200);
  });
});
