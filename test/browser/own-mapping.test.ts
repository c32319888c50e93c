import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { defaults as accessDefaults } from '../../nodes/device-access/config.ts';
import { defaults } from '../../nodes/device-poll/config.ts';
import { keepFailure, openBrowser } from '../support/browser.ts';
import { Editor } from '../support/editor.ts';
import { Red } from '../support/red.ts';

type FlowNode = Record<string, unknown>;

// What runs in the page sees the editor's own API.
declare const RED: { nodes: { node: (id: string) => FlowNode } };

// As 0.1.0 saved them: the access knew no mapping.
const access = {
  ...accessDefaults,
  protocol: 'http',
  version: undefined,
  mapping: undefined,
  mappingType: undefined,
  id: 'access',
  type: 'netmon-device-access',
  name: 'switches',
  url: 'http://{address}/',
};
const poll = { ...defaults, version: undefined, type: 'netmon-device-poll', access: 'access' };
const place = { x: 200, wires: [[]] };
const own = {
  ...poll,
  ...place,
  id: 'own',
  y: 100,
  name: 'the own one',
  interval: 0,
  mappingType: 'jsonata',
  mapping: '[{ "name": port, "up": true }]',
};
const other = { ...poll, ...place, id: 'other', y: 200, name: 'another', interval: 0 };

describe('the dialog of a device poll with a mapping of its own', function () {
  this.timeout(120_000);
  let red: Red;
  let browser: Browser;
  let page: Page;
  let editor: Editor;

  before(async function () {
    browser = await openBrowser(this);
    red = await Red.start();
  });

  beforeEach(async () => {
    await red.deploy([access, own, other]);
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    editor = await Editor.open(page, red.url);
  });

  afterEach(async function () {
    await keepFailure(this, page, red);
    assert.deepEqual(editor.faults, []);
    await page.close();
  });

  after(async () => {
    await browser?.close();
    await red?.stop();
  });

  const notice = () => page.locator('#netmon-poll-mapping');
  const button = (name: 'move' | 'remove') => page.locator(`#netmon-poll-mapping-${name}`);
  const mappings = () =>
    page.evaluate(() =>
      ['own', 'access'].map((id) => {
        const { mappingType, mapping } = RED.nodes.node(id);
        return { mappingType, mapping };
      }),
    );
  const theOwn = { mappingType: own.mappingType, mapping: own.mapping };
  const none = { mappingType: 'netmon', mapping: '' };
  const untold = { mappingType: undefined, mapping: undefined };

  it('shows it, and nothing of it where a node has none', async () => {
    await editor.openDialog('own');
    assert.match(await notice().innerText(), /own way: \[\{ "name": port, "up": true \}\]/);
    await editor.closeDialog('ok');
    assert.deepEqual(await mappings(), [theOwn, untold]);
    await editor.openDialog('other');
    assert.equal(await notice().isVisible(), false);
  });

  it('moves it to the device access, as one step that can be undone', async () => {
    await editor.openDialog('own');
    await button('move').click();
    assert.match(await notice().innerText(), /access “switches”.*Other device polls .*: 1\./);
    await editor.closeDialog('ok');
    assert.deepEqual(await mappings(), [none, theOwn]);
    await page.locator('#red-ui-workspace-chart').focus();
    await page.keyboard.press('Control+z');
    assert.deepEqual(await mappings(), [theOwn, untold]);
    await page.keyboard.press('Control+y');
    assert.deepEqual(await mappings(), [none, theOwn]);
    await editor.deploy();
    const flows = (await red.json('/flows')) as FlowNode[];
    assert.equal(flows.find(({ id }) => id === 'access')!.mapping, own.mapping);
    assert.deepEqual(await editor.invalidNodes(), []);
  });

  it('removes it, but not where the dialog is cancelled', async () => {
    await editor.openDialog('own');
    await button('remove').click();
    assert.equal(await button('move').isVisible(), false);
    await editor.closeDialog('cancel');
    assert.deepEqual(await mappings(), [theOwn, untold]);
    await editor.openDialog('own');
    await button('remove').click();
    await editor.closeDialog('ok');
    assert.deepEqual(await mappings(), [none, untold]);
  });

  it('tries it out, and the mapping of an access that is not saved', async () => {
    const device = createServer((_, response) => response.end('{"port":"p1","id":"p2"}'));
    device.listen(0, '127.0.0.1');
    await once(device, 'listening');
    try {
      const devices = [
        { name: 'a', address: `127.0.0.1:${(device.address() as AddressInfo).port}`, labels: {} },
      ];
      await page.evaluate((devices) => {
        for (const id of ['own', 'other']) RED.nodes.node(id).devices = devices;
        Object.assign(RED.nodes.node('access'), {
          mappingType: 'jsonata',
          mapping: '[{ "name": id, "up": true }]',
        });
      }, devices);
      for (const [id, name] of [
        ['own', 'p1'],
        ['other', 'p2'],
      ] as const) {
        await editor.openDialog(id);
        await page.locator('#netmon-poll-test').click();
        const result = page.locator('#netmon-poll-result');
        await result.locator('summary').click();
        await result.getByText(`interface=${name}`).first().waitFor();
        await editor.closeDialog('cancel');
      }
    } finally {
      device.close();
      device.closeAllConnections();
    }
  });
});
