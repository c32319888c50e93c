import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { ifMib } from '../../nodes/protocols/if-mib/if-mib.ts';
import { systemClock } from '../../nodes/shared/clock.ts';
import { VersionsThread } from '../../nodes/shared/configurations/versions/thread.ts';
import type { FoundDevice, Look } from '../../nodes/sidebar/look.ts';
import { foundSwitch, port } from '../sidebar/workspace.ts';
import { seriousFindings } from '../support/axe.ts';
import { keepFailure, openBrowser } from '../support/browser.ts';
import { Editor } from '../support/editor.ts';
import { Red, type RedOptions } from '../support/red.ts';
import { closeAgents, listen } from '../support/snmp-agent.ts';
import type { Mib } from '../support/snmp-mib.ts';

// What runs in the page sees the editor's own API.
interface FlowNode {
  id: string;
  type: string;
  /** missing of a config node */
  x?: number;
  devices?: { name: string; address: string }[];
  rules?: { name: string }[];
}
declare const RED: {
  nodes: { createCompleteNodeSet: () => FlowNode[]; dirty: () => boolean };
  history: { pop: () => void; redo: () => void; depth: () => number };
  sidebar: { show: (id: string) => void };
  view: { importNodes: (nodes: object[], options: object) => void };
};

const hostile = '<img src=x onerror="window.harmed=true">{{constructor.name}}';

/** An SNMP agent with an uplink that takes 123 Mbit/s. */
async function busySwitch(): Promise<string> {
  const mib = (): Mib => ({
    '1.3.6.1.2.1.1.5.0': 'sw-1',
    '1.3.6.1.2.1.1.3.0': [0x43, ((Date.now() / 10) % 2 ** 31) | 0],
    [`${ifMib.ifName}.1`]: 'Te1/0/1',
    [`${ifMib.ifAlias}.1`]: hostile,
    [`${ifMib.ifHighSpeed}.1`]: 10_000,
    [`${ifMib.ifAdminStatus}.1`]: 1,
    [`${ifMib.ifOperStatus}.1`]: 1,
    [`${ifMib.ifHCInOctets}.1`]: (BigInt(Date.now()) * 123_000n) / 8n,
  });
  const agent = await listen(mib(), async (_, right) => {
    agent.device.mib = mib();
    return [await right()];
  });
  return agent.address;
}

function found(address: string, name: string): FoundDevice {
  return foundSwitch({
    address,
    name,
    vendor: 'Cisco',
    model: 'C2960X',
    uptime: 8_640_000,
    interfaces: [port('Te1/0/1', { isUplink: true, alias: hostile }), port('Gi1/0/1')],
  });
}

for (const release of ['current', 'oldest'] as const) {
  describe(`the Netmon sidebar in the ${release} Node-RED`, function () {
    this.timeout(240_000);
    let red: Red;
    let browser: Browser;
    let page: Page;
    let editor: Editor;
    let address: string;

    before(async function () {
      browser = await openBrowser(this);
      address = await busySwitch();
    });

    afterEach(async function () {
      await keepFailure(this, page, red);
      assert.deepEqual(editor.faults, []);
      await page.close();
      await red.stop();
    });

    after(async () => {
      closeAgents();
      await browser?.close();
    });

    /** An editor in which looking finds these devices, or those that are there. */
    async function open(devices: FoundDevice[] | undefined, options: RedOptions = {}) {
      red = await Red.start({ release, ...options });
      await openEditor(devices);
    }

    async function openEditor(devices: FoundDevice[] | undefined) {
      page = await browser.newPage({ locale: 'en-US', viewport: { width: 1400, height: 900 } });
      page.setDefaultNavigationTimeout(120_000);
      await page.route(/\/netmon\/look$/, (route) => {
        if (!devices) return route.continue();
        const look: Look = {
          ...{ id: '1', state: 'done', asked: 1, total: 1 },
          ...{ found: devices, problems: [] },
        };
        return route.fulfill({ json: look });
      });
      // Not the networks that this machine is really in.
      const neighbours = [{ address, name: 'the switch', isGateway: true }];
      await page.route(/\/look\/suggestions$/, (route) =>
        route.fulfill({ json: { networks: [], neighbours } }),
      );
      editor = await Editor.open(page, red.url);
    }

    const sidebar = (): Locator => page.locator('.netmon-sidebar');
    const button = (name: string) => sidebar().getByRole('button', { name });
    const nodes = () => page.evaluate(() => RED.nodes.createCompleteNodeSet());
    const node = async (type: string) => (await nodes()).find((one) => one.type === type)!;

    async function look(target: string) {
      await sidebar().getByLabel('Address, name or network').fill(target);
      await page.keyboard.press('Enter');
      await sidebar().locator('.netmon-found > li').first().waitFor();
    }

    // By an address that is typed, and by one that is suggested.
    const isTyped = release === 'current';

    it(`leads from an address to the dashboard in ${isTyped ? 'five' : 'four'} clicks`, async () => {
      await open(undefined);
      let clicks = 0;
      const click = async (target: Locator) => {
        clicks++;
        await target.click();
      };
      if (isTyped) {
        await click(sidebar().getByLabel('Address, name or network'));
        await page.keyboard.type(address);
        await click(sidebar().getByRole('button', { name: 'Look', exact: true }));
      } else {
        await click(button('Gateway the switch'));
      }
      await sidebar().getByText('sw-1', { exact: true }).waitFor();
      await sidebar().getByText('1 interfaces, 1 up').waitFor();
      await click(button('Make flow and dashboard'));
      assert.deepEqual(await editor.invalidNodes(), []);
      clicks++;
      await editor.deploy();
      const opened = page.waitForEvent('popup');
      await click(sidebar().getByRole('link', { name: 'Open dashboard' }));
      assert.equal(clicks, isTyped ? 5 : 4);

      const dashboard = await opened;
      dashboard.setDefaultTimeout(60_000);
      await dashboard.setViewportSize({ width: 1400, height: 900 });
      // The second poll brings the first rates.
      await dashboard.locator('netmon-dashboard').getByText('123 Mbit/s').first().waitFor();
      await dashboard.goto(`${red.url}/dashboard/netmon-charts`);
      await dashboard.locator('canvas').first().waitFor();
      assert.ok(await dashboard.getByText('sw-1 Te1/0/1').first().isVisible());
      assert.equal(await dashboard.evaluate(() => 'harmed' in window), false);
      await dashboard.close();
    });

    it('makes all in one step, which can be undone and done again', async () => {
      await open([found(address, hostile)]);
      const before = await nodes();
      await look(address);
      assert.match(await sidebar().innerText(), /Cisco C2960X · up 100 days/);
      await button('Make flow and dashboard').click();
      const made = await nodes();
      assert.ok(made.length > before.length + 10);
      await page.evaluate(() => RED.history.pop());
      assert.deepEqual(await nodes(), before);
      await page.evaluate(() => RED.history.redo());
      assert.equal((await nodes()).length, made.length);
      assert.equal(await page.evaluate(() => 'harmed' in window), false);
      assert.deepEqual(await editor.invalidNodes(), []);
    });

    // In one release: what it has of its own is the same.
    if (isTyped) {
      it('can be used by everybody, with the dialogs of what it made', async () => {
        await open([found(address, 'sw-1')]);
        await look(address);
        assert.deepEqual(await seriousFindings(page, '.netmon-sidebar'), []);
        await button('Make flow and dashboard').click();
        const made = (await nodes()).filter(({ type }) => type.startsWith('netmon-'));
        const byType = new Map(made.map((one) => [one.type, one]));
        assert.ok(byType.size >= 7);
        const findings: unknown[][] = [];
        for (const [type, { id, x }] of byType) {
          if (x === undefined) await editor.openConfigDialog(type, id);
          else await editor.openDialog(id);
          // Beside these, the form has fields of Node-RED's own.
          for (const finding of await seriousFindings(page, '.red-ui-tray-body form > div')) {
            findings.push([type, ...finding]);
          }
          await editor.closeDialog('cancel');
        }
        assert.deepEqual(findings, []);
      });
    }

    it('adds a further device to the flow, and takes it back in one step', async () => {
      const second = found('127.0.0.1:16100', 'sw-2');
      await open([found(address, 'sw-1'), second]);
      await look('network');
      await sidebar().getByLabel('Watch sw-2').uncheck();
      await button('Make flow and dashboard').click();
      const count = (await nodes()).length;
      const rules = (await node('netmon-threshold-check')).rules!.length;
      assert.ok(await sidebar().getByLabel('Watch sw-1').isDisabled());

      await sidebar().getByLabel('Watch sw-2').check();
      await button('Add to the flow').click();
      const { devices } = await node('netmon-device-poll');
      assert.deepEqual(
        devices!.map(({ name }) => name),
        ['sw-1', 'sw-2'],
      );
      assert.equal((await node('netmon-threshold-check')).rules!.length, rules + 1);
      assert.equal((await nodes()).length, count);
      await page.evaluate(() => RED.history.pop());
      assert.equal((await node('netmon-device-poll')).devices!.length, 1);
      assert.equal((await node('netmon-threshold-check')).rules!.length, rules);

      await sidebar().getByRole('button', { name: '2 interfaces' }).first().click();
      await button('Make a chart for Gi1/0/1').click();
      assert.equal((await nodes()).length, count + 4);
      await editor.deploy();
      // Undoing what is deployed harms nothing either.
      await page.evaluate(() => RED.history.pop());
      assert.equal((await nodes()).length, count);
      assert.deepEqual(await editor.invalidNodes(), []);
    });

    if (release === 'oldest') return;

    it('offers next nodes for what is dropped, once, unless that is switched off', async () => {
      await open([]);
      const drop = (type: string, y: number) => editor.drag(type, { x: 150, y });
      await drop('netmon-host-metrics', 100);
      await page.keyboard.press('Tab');
      await page.waitForFunction(() =>
        RED.nodes.createCompleteNodeSet().some(({ type }) => type === 'debug'),
      );
      const types = (await nodes()).map(({ type }) => type);
      assert.ok(types.includes('netmon-threshold-check'));
      assert.deepEqual(await editor.invalidNodes(), []);
      const count = types.length;

      // What is imported gets none.
      await page.evaluate(() => {
        const node = { id: 'a', type: 'netmon-host-metrics', x: 150, y: 300, wires: [] };
        RED.view.importNodes([node], { generateIds: true, touchImport: true, notify: false });
      });
      await page.keyboard.press('Tab');
      assert.equal((await nodes()).length, count + 1);

      await sidebar()
        .getByLabel(/Offer the next nodes/)
        .uncheck();
      await drop('netmon-host-metrics', 400);
      await page.keyboard.press('Tab');
      assert.equal((await nodes()).length, count + 2);
    });

    it('lists whose configurations are kept, and leads to the node that fetches them', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'netmon-configurations-'));
      const versions = new VersionsThread({ folder, clock: systemClock, tell: assert.ifError });
      const fetched = { labels: {}, time: Date.now(), retention: { count: 1, age: 86_400_000 } };
      await versions.add({ ...fetched, device: 'core-1', text: 'a\n' });
      await versions.add({ ...fetched, device: 'core-2', text: 'a\n', saved: 'b\n' });
      await versions.fail(hostile, {}, Date.now(), 'no answer');
      await versions.close();
      red = await Red.start({ release });
      await red.deploy([
        { id: 'db', type: 'netmon-history-database', version: 1, folder },
        {
          ...{ id: 'cw', type: 'netmon-config-watch', version: 1, database: 'db', name: 'configs' },
          ...{ schedule: 'none', x: 300, y: 200, wires: [[], []] },
        },
      ]);
      await openEditor([]);
      await page.evaluate(() => RED.sidebar.show('netmon-sidebar'));
      const list = page.locator('.netmon-sections section', { hasText: 'Configurations' });
      const rows = list.locator('li');
      await rows.nth(2).waitFor();
      const texts = (await rows.allTextContents()).map((text) =>
        text.replace(/changed.*/, 'changed'),
      );
      assert.deepEqual(texts, [
        `▲${hostile}not fetchedno answer`,
        '◆core-2not savedchanged',
        '●core-1fetchedchanged',
      ]);
      await rows.nth(1).getByRole('button').click();
      await page.locator('.red-ui-flow-node-highlighted').waitFor({ state: 'attached' });
      assert.equal(await page.evaluate(() => 'harmed' in window), false);
      await rm(folder, { recursive: true, force: true });
    });

    it('makes nothing where flows may only be read, and says so', async () => {
      const settings = {
        adminAuth: { type: 'credentials', users: [], default: { permissions: 'read' } },
      };
      await open([found(address, 'sw-1')], { settings });
      await look(address);
      await sidebar().getByText('your user may not change flows').waitFor();
      assert.equal(await button('Make flow').count(), 0);
    });

    it('makes all but the dashboard where none is installed, and installs one', async () => {
      red = await Red.start({ release });
      for (const name of ['@flowfuse/node-red-dashboard', 'node-red-dashboard']) {
        await red.request(`/nodes/${name}`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ enabled: false }),
        });
      }
      await openEditor([found(address, 'sw-1')]);
      let asked: unknown;
      await page.route(/\/nodes$/, (route) => {
        if (route.request().method() !== 'POST') return route.continue();
        asked = route.request().postDataJSON();
        return route.fulfill({ status: 400, json: { message: 'npm is not there' } });
      });
      await look(address);
      await sidebar().getByRole('button', { name: 'Make flow', exact: true }).click();
      const types = (await nodes()).map(({ type }) => type);
      assert.ok(types.includes('netmon-history-write'));
      assert.ok(!types.some((type) => type.startsWith('ui')));
      await button('Install Dashboard 2').click();
      await sidebar().getByText('was not installed: npm is not there').waitFor();
      assert.deepEqual(asked, { module: '@flowfuse/node-red-dashboard' });
    });
  });
}
