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
import type { HistoryStatus } from '../../nodes/history-database/status.ts';
import historyWrite from '../../nodes/history-write/runtime.ts';
import type { DatabaseNode } from '../../nodes/history-database/runtime-status.ts';
import { catalogue } from '../support/catalogue.ts';
import { decodeWriteRequest, type Received } from '../support/remote-write.ts';
import { alert } from '../email-alert/alerts.ts';
import { deploy, type Flow, load, unload } from '../support/flow.ts';

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
  const written = (payload: unknown, topic = '', backup?: string) =>
    new Promise<unknown>((resolve) => {
      const node = flow.node<Node & { _complete: (message: object, error?: unknown) => void }>(
        'write',
      );
      node._complete = (_, error) => resolve(error);
      flow.send('write', { payload, topic, backup });
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

  it('tell what is there to whoever may change the node', async () => {
    await start();
    assert.deepEqual(allowed, ['netmon-history-database.write']);
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

  it('make a backup by a message, which another database can be', async () => {
    await start();
    await written(reading('cpu_usage', 5));
    assert.equal(await written(1, '', 'backups'), undefined);
    assert.match(String(await written(1, '', '')), /backup/);
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
    };
    await start([there, write], { db: { remoteSecret: 'token' } });
    const history = await flow.node<DatabaseNode>('db').history();
    const query = { metrics: '*', labels: '', from: 0, to: 1000, limit: 1, maxSeries: 1 };
    assert.deepEqual(await history.read(query), { series: [], omitted: 0 });
    const path = '/prometheus/api/v1/label/__name__/values';
    assert.deepEqual(asked, [['GET', path, 'Bearer token']]);
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
