import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Node, NodeAPI } from 'node-red';
import helper from 'node-red-node-test-helper';
import type { Alert } from '../../nodes/contract/alert.ts';
import { defaults as accessDefaults } from '../../nodes/device-access/config.ts';
import deviceAccess from '../../nodes/device-access/runtime.ts';
import { defaults } from '../../nodes/device-poll/config.ts';
import devicePoll from '../../nodes/device-poll/runtime.ts';
import thresholdCheck from '../../nodes/threshold-check/runtime.ts';
import { closeAll, listen } from '../protocols/peer.ts';
import { deploy, type Flow, load, unload } from '../support/flow.ts';

describe('a device that is removed from a device poll', () => {
  let userDir: string;
  let address: string;
  let flow: Flow;
  let happened: EventEmitter;
  /** the devices whose alert fires */
  let active: string[];
  let ended: string[];

  const tab = { id: 'tab', type: 'tab', label: '', disabled: false };
  const other = { id: 'other', type: 'tab', label: '' };
  const place = { z: 'tab', x: 0, y: 0 };
  const access = {
    ...accessDefaults,
    protocol: 'http',
    ...{ id: 'access', type: 'netmon-device-access', url: 'http://{address}/', retries: 0 },
  };
  const rule = { metric: 'device_up', comparison: '>=', threshold: 0 };
  const check = {
    ...{ id: 'check', type: 'netmon-threshold-check', rules: [rule], z: 'other', x: 0, y: 0 },
    wires: [['ended'], ['active']],
  };
  const takers = ['ended', 'active'].map((id) => ({ id, type: `${id}-taker`, z: 'other' }));

  const poll = (names: string[], more: object = {}) => ({
    ...defaults,
    ...{ id: 'poll', type: 'netmon-device-poll', interval: 0, access: 'access', ...place },
    devices: names.map((name) => ({ name, address, labels: {} })),
    wires: [['check']],
    ...more,
  });
  const flows = (...polls: object[]) => [tab, other, access, check, ...takers, ...polls];

  const until = async (devices: string[]) => {
    while (active.join() !== devices.join()) await once(happened, 'list');
  };

  /** Has a poll ask its devices, so that an alert fires for each. */
  const ask = async (devices: string[], message: object = {}) => {
    flow.send('poll', message);
    await until(devices);
  };

  const redeploy = (nodes: object[]) => {
    active = [];
    return deploy(nodes);
  };

  const start = async (...polls: object[]) => {
    helper.settings({ userDir });
    const taker = (RED: NodeAPI, type: string, take: (payload: unknown) => void) =>
      RED.nodes.registerType(type, function (this: Node, def: never) {
        RED.nodes.createNode(this, def);
        this.on('input', ({ payload }) => take(payload));
      });
    const takersOf = (RED: NodeAPI) => {
      taker(RED, 'ended-taker', (payload) => {
        const { state, summary, labels } = payload as Alert;
        if (state === 'resolved') ended.push(`${labels.device}: ${summary}`);
      });
      taker(RED, 'active-taker', (payload) => {
        active = (payload as Alert[]).map(({ labels }) => labels.device!).sort();
        happened.emit('list');
      });
    };
    flow = await load([takersOf, deviceAccess, devicePoll, thresholdCheck], flows(...polls));
  };

  beforeEach(async () => {
    userDir = await mkdtemp(join(tmpdir(), 'netmon-removed-'));
    happened = new EventEmitter();
    active = [];
    ended = [];
    ({ address } = await listen((_, response) => response.end('{}')));
  });
  afterEach(async () => {
    await unload();
    closeAll();
    await rm(userDir, { recursive: true });
  });

  it('ends its alert at once', async () => {
    await start(poll(['one', 'two']));
    await ask(['one', 'two']);
    await redeploy(flows(poll(['two'])));
    await until(['two']);
    assert.equal(ended.length, 1);
    assert.match(ended[0]!, /^one: .*gone/);
  });

  it('ends its alerts where the node that polled it is deleted', async () => {
    await start(poll(['one', 'two']));
    await ask(['one', 'two']);
    await redeploy(flows());
    while (ended.length < 2) await once(happened, 'list');
    await until([]);
  });

  it('keeps its alert where another node polls it now', async () => {
    await start(poll(['one', 'two']));
    await ask(['one', 'two']);
    await redeploy(flows(poll([]), poll(['two'], { id: 'second' })));
    await until(['two']);
    assert.equal(ended.length, 1);
  });

  it('keeps its alert while its flow is switched off, and ends it when it is on without it', async () => {
    const off = { ...tab, disabled: true };
    await start(poll(['one', 'two']));
    await ask(['one', 'two']);
    await redeploy([off, ...flows(poll(['two'])).slice(1)]);
    await until(['one', 'two']);
    assert.deepEqual(ended, []);
    await redeploy(flows(poll(['two'])));
    await until(['two']);
    assert.equal(ended.length, 1);
  });

  it('keeps the alerts of devices that a message does not name, and of a list with a slip', async () => {
    await start(poll(['one', 'two'], { fromMessages: true }));
    await ask(['one', 'two']);
    await ask(['one', 'three', 'two'], { payload: [{ name: 'three', address }] });
    const slip = poll(['three']);
    slip.devices.push({ name: 'two', address: '', labels: {} });
    await redeploy(flows(slip));
    await until(['one', 'three', 'two']);
    await redeploy(flows(poll(['two'])));
    await until(['one', 'two']);
    assert.equal(ended.length, 1);
  });
});
