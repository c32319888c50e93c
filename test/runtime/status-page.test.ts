import assert from 'node:assert/strict';
import type { Page } from '../../nodes/contract/pages.ts';
import { Red } from '../support/red.ts';

// The password is “secret”.
const pass = '$2b$08$A6/UWKBcpvtAAE4d.gKQIun2ivTNn68P34ZbIKLBCM4GX4bJfdvgW';
const authorization = `Basic ${Buffer.from('netmon:secret').toString('base64')}`;

describe('the status page in Node-RED', function () {
  this.timeout(90_000);
  let red: Red;

  const node = (config: object = {}) => ({
    ...{ id: 'pages', type: 'netmon-dashboard-data', x: 0, y: 0, wires: [[]] },
    ...{ statusPage: true, statusPath: '/net/status/', statusDevices: '!lab*', ...config },
  });
  const reading = (device: string, value: number) => ({
    ...{ metric: 'device_up', value, unit: '1', labels: { device } },
    ...{ time: Date.now(), info: { error: 'refused by 10.1.2.3' } },
  });
  const go = {
    ...{ id: 'go', type: 'inject', x: 0, y: 0, wires: [['pages']] },
    props: [
      { p: 'payload', v: JSON.stringify([reading('core', 0), reading('lab-1', 1)]), vt: 'json' },
    ],
  };
  const get = (path: string, headers: Record<string, string> = { authorization }) =>
    fetch(red.url + path, { headers });

  before(async () => {
    const settings = { httpNodeRoot: '/flows', httpNodeAuth: { user: 'netmon', pass } };
    red = await Red.start({ settings });
  });

  after(async () => {
    assert.doesNotMatch(red.process.log, /uncaught|Error stopping node|unhandled/i);
    await red.stop();
  });

  it('is behind the login of Node-RED’s nodes, under their path', async () => {
    await red.deploy([node(), go]);
    for (const path of ['/net/status', '/net/status/data', '/netmon/elements/netmon-heat-map.js']) {
      assert.equal((await get(`/flows${path}`, {})).status, 401, path);
      assert.equal((await get(`/flows${path}`)).status, 200, path);
      assert.equal((await get(path)).status, 404, path);
    }
  });

  it('shows how the chosen devices are, and nothing that may name an address', async () => {
    await red.inject('go');
    let page: Page;
    do page = (await (await get('/flows/net/status/data')).json()) as Page;
    while (page.devices.length === 0);
    assert.deepEqual(page.devices, [{ name: 'core', title: 'core', state: 'down' }]);
    assert.doesNotMatch(JSON.stringify(page), /10\.1\.2\.3/);
    const html = await (await get('/flows/net/status')).text();
    assert.match(html, /src="\.\.\/netmon\/elements\/netmon-dashboard\.js"/);
    assert.match(html, /data-from="status\/data"/);
  });

  it('is told of where another node has its path', async () => {
    const told = red.process.logged(/the path \/net\/status is taken by the node other/);
    const url = '/net/status';
    const other = { id: 'other', type: 'http in', name: 'other', x: 0, y: 0, url, method: 'get' };
    await red.deploy([node({ name: 'mine' }), { ...other, wires: [[]] }]);
    await told;
  });

  it('is gone with its node', async () => {
    await red.deploy([node({ statusPage: false })]);
    assert.equal((await get('/flows/net/status')).status, 404);
  });
});
