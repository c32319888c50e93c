import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node, NodeAPI } from 'node-red';
import helper from 'node-red-node-test-helper';
import type { Reading } from '../../nodes/contract/reading.ts';
import historyDatabase from '../../nodes/history-database/runtime.ts';
import type { DatabaseNode } from '../../nodes/history-database/runtime-status.ts';
import type { HistoryStatus } from '../../nodes/history-database/status.ts';
import type { TransferStatus } from '../../nodes/history-database/transfer-status.ts';
import historyWrite from '../../nodes/history-write/runtime.ts';
import { alert } from '../email-alert/alerts.ts';
import { catalogue } from '../support/catalogue.ts';
import { deploy, type Flow, load, unload } from '../support/flow.ts';
import { decodeWriteRequest, type Received } from '../support/remote-write.ts';

const hour = 3_600_000;

describe('netmon-history-database and netmon-history-write', function () {
  this.timeout(20_000);
  let userDir: string;
  let flow: Flow;
  let httpAdmin: Server;
  let httpNode: Server;
  let allowed: string[];

  const database = { id: 'db', type: 'netmon-history-database', commitInterval: 0.05 };
  const write = { id: 'write', type: 'netmon-history-write', database: 'db', wires: [] };
  const start = async (
    nodes: object[] = [database, write],
    credentials: Record<string, object> = {},
  ) => {
    helper.settings({ userDir });
    const _ = catalogue('en-US', 'history-database', 'history-write');
    const register = (RED: NodeAPI) => {
      httpAdmin = RED.httpAdmin.listen(0, '127.0.0.1');
      httpNode = RED.httpNode.listen(0, '127.0.0.1');
      allowed = [];
      const needsPermission = (permission: string) => {
        allowed.push(permission);
        return (_: unknown, __: unknown, next: () => void) => next();
      };
      const red = Object.assign(Object.create(RED) as NodeAPI, { _, auth: { needsPermission } });
      historyDatabase(red);
      historyWrite(red);
    };
    flow = await load(register, nodes, credentials);
  };
  const stop = async () => {
    await unload();
    for (const server of [httpAdmin, httpNode]) server.close();
  };
  const reading = (metric: string, value: number, changes: Partial<Reading> = {}): Reading => ({
    ...{ metric, value, unit: '%', time: Date.now(), labels: { device: 'a' } },
    ...changes,
  });
  /** Writes a message; resolves to what `done` was called with. */
  const written = (payload: unknown, topic = '', more: object = {}) =>
    new Promise<unknown>((resolve) => {
      const node = flow.node<Node & { _complete: (message: object, error?: unknown) => void }>(
        'write',
      );
      node._complete = (_, error) => resolve(error);
      flow.send('write', { payload, topic, ...more });
    });
  const urlOf = async (server: Server) => {
    if (!server.listening) await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${await urlOf(httpNode)}${path}`, { headers });
    return { status: answer.status, text: await answer.text() };
  };
  const status = async (id = 'db') => {
    const answer = await fetch(`${await urlOf(httpAdmin)}/netmon/history-database/status`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id }),
    });
    return (await answer.json()) as HistoryStatus & { error?: string };
  };

  beforeEach(() => {
    userDir = mkdtempSync(join(tmpdir(), 'netmon-history-'));
  });

  afterEach(async () => {
    await stop();
    rmSync(userDir, { recursive: true, force: true });
  });

  it('keeps configurations in its folder, and closes their file', async () => {
    const configuration = (text: string) => ({
      ...{ device: 'core-1', labels: {}, text, time: Date.now() },
      retention: { count: 10, age: 1e12 },
    });
    await start();
    const versions = await flow.node<DatabaseNode>('db').versions();
    assert.equal((await versions.add(configuration('a\n'))).outcome, 'new');
    assert.ok(readdirSync(join(userDir, 'netmon', 'history')).includes('configurations.sqlite'));
    await deploy([{ ...database, rawDays: 5 }, write]);
    const again = await flow.node<DatabaseNode>('db').versions();
    assert.equal((await again.add(configuration('b\n'))).outcome, 'changed');
  });

  it('has no configurations where it is a server', async () => {
    await start([{ ...database, source: 'server', serverUrl: 'http://127.0.0.1:9' }]);
    await assert.rejects(flow.node<DatabaseNode>('db').versions(), { key: 'configurationsServer' });
  });

  it('keep readings over a restart, in the user directory', async () => {
    await start();
    assert.equal(
      await written([reading('cpu_usage', 12.5), reading('memory_usage', 50)]),
      undefined,
    );
    await stop();
    await start([{ ...database, api: true }]);
    const { series } = JSON.parse((await get('/api/metrics?step=raw&metric=cpu_usage')).text) as {
      series: { values: { value: number[] } }[];
    };
    assert.deepEqual(
      series.map(({ values }) => values.value),
      [[12.5]],
    );
    assert.equal((await status()).folder, join(userDir, 'netmon', 'history'));
  });

  it('take one reading, a number with a topic, and alerts', async () => {
    await start([{ ...database, api: true, apiPath: '/netmon/' }, write]);
    assert.equal(await written(reading('temperature', 21.5, { unit: '°C' })), undefined);
    assert.equal(await written('3.25', 'plant/pump'), undefined);
    assert.equal(
      await written(alert({ state: 'firing', name: 'CPU', labels: { device: 'a' } })),
      undefined,
    );
    const { text } = await get('/netmon/metrics');
    assert.match(text, /^temperature\{device="a"\} 21.5$/m);
    assert.match(text, /^plant_pump 3.25$/m);
    assert.match(text, /^alert_state\{alert="CPU",device="a"\} 2$/m);
  });

  it('say which readings were not kept, and keep the others', async () => {
    await start();
    const odd = [
      reading('cpu_usage', 1),
      reading('cpu_usage', 2, { time: Date.now() + hour }),
      reading('cpu_usage', 3, { time: 1000 }),
      { metric: 'cpu_usage', value: 'high' },
    ];
    assert.match(
      String(await written(odd)),
      /^2 readings are left out: .*high.*; 2 readings are not kept: 1 are older .* 1 are more than/,
    );
    assert.equal((await status()).readings, 1);
  });

  it('serve what they have only where that is ticked, and end it with the node', async () => {
    await start();
    assert.equal((await get('/metrics')).status, 404);
    await deploy([{ ...database, api: true }]);
    assert.equal((await get('/metrics')).status, 200);
    assert.equal((await get('/api/metrics?from=never')).status, 400);
    await deploy([database]);
    assert.equal((await get('/metrics')).status, 404);
  });

  it('share a folder between two nodes', async () => {
    await start([
      database,
      { ...database, id: 'other', api: true, folder: 'netmon/history', rawDays: 10 },
      write,
    ]);
    await written([reading('cpu_usage', 12.5)]);
    assert.match((await get('/metrics')).text, /12.5/);
    const history = await flow.node<DatabaseNode>('other').stored!();
    assert.equal(history.retention.ages.raw, 90 * 24 * hour);
  });

  it('export, import and back up for whoever may change the node, and tell how far they are', async () => {
    await start();
    const admin = await urlOf(httpAdmin);
    const ask = async (action: string, body: object) => {
      const answer = await fetch(`${admin}/netmon/history-database/${action}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return (await answer.json()) as TransferStatus & { transfer: string };
    };
    const time = Date.now();
    const { transfer } = await ask('import', { id: 'db' });
    await ask('import-piece', { transfer, text: `time,metric,value\n${time},m,1\n1,m,` });
    assert.deepEqual(await ask('import-piece', { transfer, text: '2\n', isLast: true }), {
      ...{ state: 'done', line: 3, readings: 1, refused: 1 },
      problems: ['line 3: the reading is older than the database keeps readings'],
    });
    const asked = { id: 'db', from: '1h', to: '', metrics: '*', format: 'csv' };
    const exported = await ask('export', asked);
    assert.equal((await ask('progress', { transfer: exported.transfer })).state, 'running');
    const download = () => fetch(`${admin}/netmon/history-database/download/${exported.transfer}`);
    assert.equal(await (await download()).text(), `time,metric,value,unit\r\n${time},m,1,1\r\n`);
    const { state, readings } = await ask('progress', { transfer: exported.transfer });
    assert.deepEqual([state, readings], ['done', 1]);
    // Once: whoever saw the address later gets nothing.
    assert.equal((await download()).status, 404);
    assert.equal((await fetch(`${admin}/netmon/history-database/download/none`)).status, 404);
    assert.match((await ask('export', { ...asked, from: 'never' })).error!, /^From: expected 24h/);
    assert.match((await ask('backup', { id: 'db', folder: '' })).error!, /is empty/);
    assert.match((await ask('import', { id: 'none' })).error!, /deploy this database first/);
    const cancelled = await ask('import', { id: 'db' });
    await ask('cancel', cancelled);
    assert.equal((await ask('import-piece', { ...cancelled, text: 'x' })).state, 'cancelled');
    await ask('backup', { id: 'db', folder: 'backups' });
    assert.deepEqual([...new Set(allowed)], ['netmon-history-database.write']);
  });

  it('tell what is there to whoever may change the node', async () => {
    await start();
    assert.deepEqual([...new Set(allowed)], ['netmon-history-database.write']);
    await written([reading('a', 1), reading('b', 2)]);
    const told = await status();
    assert.deepEqual([told.series, told.readings, told.pending], [2, 2, 0]);
    assert.ok(told.size > 0 && told.perSecond > 0 && told.bytesPerDay > 0);
    assert.equal((await status('unknown')).error, 'deploy this database first');
  });

  it('send on what they keep, and tell how far that is', async () => {
    const received: Received[] = [];
    const logins = new Set<string | undefined>();
    let status_ = 503;
    const asked = new EventEmitter();
    const receiver = createServer((request, response) => {
      logins.add(request.headers.authorization);
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        if (status_ === 204) received.push(...decodeWriteRequest(Buffer.concat(pieces)));
        response.writeHead(status_).end();
        asked.emit('request');
      });
    }).listen(0, '127.0.0.1');
    const first = once(asked, 'request');
    const host = new URL(await urlOf(receiver)).host;
    const forwarding = {
      ...{ ...database, remoteUrl: `http://${host}/api/v1/write`, remoteLogin: 'basic' },
      remoteLabels: 'site=lab',
    };
    await start([forwarding, write], { db: { remoteUser: 'ann', remoteSecret: 'geheim' } });
    await written([reading('cpu_usage', 12.5, { time: 1_000 * Math.floor(Date.now() / 1000) })]);
    await first;
    const { forward } = await status();
    assert.deepEqual([forward?.host, forward?.behind], [host, 1]);
    assert.match(forward!.problem!, /does not take readings now \(status 503/);
    const second = once(asked, 'request');
    status_ = 204;
    await second;
    assert.deepEqual(
      received.map(({ labels, value }) => [labels, value]),
      [[{ __name__: 'cpu_usage', device: 'a', site: 'lab' }, 12.5]],
    );
    assert.deepEqual([...logins], [`Basic ${btoa('ann:geheim')}`]);
    receiver.closeAllConnections();
    receiver.close();
  });

  it('keep the readings of an exported text, and tell which lines are bad', async () => {
    await start();
    const line = (value: unknown) => JSON.stringify({ metric: 'm', value });
    const error = await written(`${line(1)}\nnonsense\n${line('x')}\n`);
    assert.match(String(error), /2 readings are left out: line 2: .*; line 3: /);
    const old = `metric,value,time\nm,1,${Date.now() - 200 * 86_400_000}\nother,1,`;
    assert.match(String(await written(old)), /1 readings are not kept: 1 are older/);
    assert.equal((await status()).series, 2);
  });

  it('import a file by a message, whatever its size, and tell how many lines are bad', async () => {
    await start();
    const lines = Array.from({ length: 25_000 }, (_, i) => `m,${i},${Date.now() - 40_000 + i}`);
    lines.push(...Array.from({ length: 7 }, () => 'm,x,1'));
    writeFileSync(join(userDir, 'in.csv'), ['metric,value,time', ...lines].join('\n'));
    const error = await written(undefined, '', { import: 'in.csv' });
    assert.match(String(error), /^7 readings are left out: line 25002: .*…$/);
    assert.equal((await status()).readings, 25_000);
    assert.match(String(await written(undefined, '', { import: 'none.csv' })), /ENOENT/);
  });

  it('cancel an import by a message', async () => {
    await start();
    const line = 'm,1,2026-01-01T00:00:00Z\n';
    writeFileSync(join(userDir, 'in.csv'), `metric,value,time\n${line.repeat(400_000)}`);
    const node = flow.node<Node & { _complete: (message: object, error?: unknown) => void }>(
      'write',
    );
    const failed = new Promise((resolve) => {
      node._complete = (_, error) => error && resolve(error);
    });
    flow.send('write', { import: 'in.csv' });
    flow.send('write', { cancel: true });
    assert.match(String(await failed), /cancelled/);
  });

  it('make a backup by a message, which another database can be', async () => {
    await start();
    await written(reading('cpu_usage', 5));
    assert.equal(await written(1, '', { backup: 'backups' }), undefined);
    assert.match(String(await written(1, '', { backup: '' })), /backup/);
    const [name] = readdirSync(join(userDir, 'backups'));
    await stop();
    await start([{ ...database, folder: `backups/${name}` }, write]);
    const { readings, series } = await status();
    assert.deepEqual([readings, series], [1, 1]);
  });

  it('read a server in the place of a folder, with its login, and write nothing there', async () => {
    const asked: unknown[] = [];
    const server = createServer((request, response) => {
      asked.push([request.method, request.url!.split('?')[0], request.headers.authorization]);
      response.end(JSON.stringify({ status: 'success', data: [] }));
    }).listen(0, '127.0.0.1');
    const there = {
      ...{ ...database, source: 'server', serverUrl: `${await urlOf(server)}/prometheus` },
      remoteLogin: 'bearer',
      api: true,
    };
    await start([there, write], { db: { remoteSecret: 'token' } });
    const history = await flow.node<DatabaseNode>('db').history();
    const query = { metrics: '*', labels: '', from: 0, to: 1000, limit: 1, maxSeries: 1 };
    assert.deepEqual(await history.read(query), { series: [], omitted: 0 });
    const path = '/prometheus/api/v1/label/__name__/values';
    assert.deepEqual(asked, [['GET', path, 'Bearer token']]);
    assert.equal((await get('/metrics')).status, 200);
    const answered = JSON.parse((await get('/api/metrics?from=1h')).text) as { series: object[] };
    assert.deepEqual(answered.series, []);
    assert.match(String(await written([reading('a', 1)])), /a server that is only read/);
    assert.ok(!existsSync(join(userDir, 'netmon', 'history')));
    server.closeAllConnections();
    server.close();
    await deploy([{ ...there, serverUrl: '' }, write]);
    assert.match(
      String(await written([reading('a', 1)])),
      /^history database: Server is empty: give an http or https address/,
    );
  });

  it('say in words what is wrong with the folder', async () => {
    const file = join(userDir, 'file');
    writeFileSync(file, '');
    await start([{ ...database, folder: file }, write]);
    assert.match(String(await written([reading('a', 1)])), /the history cannot be used: /);
  });

  it('say what is wrong with a setting, to each message too', async () => {
    await start([{ ...database, rawDays: 0 }, write]);
    assert.match(
      String(await written([reading('a', 1)])),
      /^history database: Readings: expected a number from 1/,
    );
    assert.match((await status()).error!, /^history database: Readings: expected/);
  });

  it('say that no database is chosen', async () => {
    await start([{ ...write, database: '' }]);
    assert.match(String(await written(1, 'x')), /no history database is chosen/);
  });
});
