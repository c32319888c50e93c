import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { ifMib } from '../../nodes/protocols/if-mib/if-mib.ts';
import { keepFailure, openBrowser } from '../support/browser.ts';
import { Editor } from '../support/editor.ts';
import { FakeDevice } from '../support/fake-device.ts';
import { pack, type Packed } from '../support/pack.ts';
import { Red } from '../support/red.ts';
import { Registry } from '../support/registry.ts';
import { closeAgents, listen } from '../support/snmp-agent.ts';
import type { Mib } from '../support/snmp-mib.ts';

const hostile = '<img src=x onerror="window.harmed=true">Uplink';

/** What an interface has taken that takes 123 Mbit/s. */
const octets = () => (BigInt(Date.now()) * 123_000n) / 8n;

/** A device with such an interface, whenever it is asked. */
function busyDevice(): object {
  const time = Date.now();
  const inOctets = String(octets());
  const eth0 = { name: 'eth0', alias: hostile, up: true, speed: 1e9, inOctets, outOctets: 0 };
  return { time, interfaces: [eth0] };
}

/** The same as an SNMP device. */
async function busyAgent(): Promise<string> {
  const mib = (): Mib => ({
    [`${ifMib.ifName}.1`]: 'eth0',
    [`${ifMib.ifAlias}.1`]: hostile,
    [`${ifMib.ifHighSpeed}.1`]: 1000,
    [`${ifMib.ifAdminStatus}.1`]: 1,
    [`${ifMib.ifOperStatus}.1`]: 1,
    [`${ifMib.ifHCInOctets}.1`]: octets(),
  });
  const agent = await listen(mib(), async (_, right) => {
    agent.device.mib = mib();
    return [await right()];
  });
  return agent.address;
}

// One story in steps: each goes on where the one before left the editor.
describe('what a new user does', function () {
  this.timeout(180_000);
  this.bail(true);
  let packed: Packed;
  let registry: Registry;
  let device: FakeDevice;
  let red: Red;
  let browser: Browser;
  let page: Page;
  let editor: Editor;

  before(async function () {
    browser = await openBrowser(this);
    [packed, registry] = await Promise.all([pack(), Registry.open()]);
    device = await FakeDevice.open(busyDevice);
    // The dashboards lie beside this Node-RED; Netmon does not.
    red = await Red.start({ netmon: false, env: registry.env });
    page = await browser.newPage({ locale: 'en-US', viewport: { width: 1600, height: 1000 } });
    editor = await Editor.open(page, red.url);
  });

  afterEach(async function () {
    await keepFailure(this, page, red);
  });

  after(async () => {
    closeAgents();
    await browser?.close();
    await Promise.all([red?.stop(), device?.close(), registry?.close(), packed?.remove()]);
  });

  it('installs the package in the palette manager', async () => {
    await editor.installPackage(packed.file, 'netmon-device-poll');
    assert.deepEqual(registry.missing, []);
  });

  it('makes a flow with the mouse, and sees the device’s value', async () => {
    const poll = await editor.drag('netmon-device-poll', { x: 200, y: 100 });
    const text = await editor.drag('netmon-chart-data', { x: 450, y: 100 });
    const debug = await editor.drag('debug', { x: 700, y: 100 });
    await editor.wire(poll, text);
    await editor.wire(text, debug);

    await editor.openDialog(poll);
    await page.locator('[data-column="name"]').fill('core-1');
    await page.locator('[data-column="address"]').fill(device.address);
    await page.locator('#node-input-interval').fill('1');
    await page.locator('#node-input-btn-access-add').click();
    await page.locator('#node-config-input-protocol').selectOption('http');
    await page.locator('#node-config-input-url').fill('http://{address}/metrics');
    await editor.closeDialog('ok');
    await editor.closeDialog('ok');

    await editor.openDialog(text);
    await page.locator('#node-input-kind').selectOption('text');
    await page.locator('#node-input-metrics').fill('in_rate');
    await editor.closeDialog('ok');

    await editor.deploy();
    await page.locator('.red-ui-debug-msg-payload', { hasText: '123 Mbit/s' }).first().waitFor();
    assert.deepEqual(editor.faults, []);
  });

  for (const { name, path } of [
    { name: 'node-red-dashboard', path: '/ui/#!/0' },
    { name: 'Dashboard 2', path: '/dashboard/overview' },
  ]) {
    it(`imports the complete example for ${name}, and sees the device’s value there`, async () => {
      await editor.importExample(`Complete dashboard (${name})`);
      const poll = await editor.nodeNamed('SNMP devices');
      await editor.openDialog(poll);
      await page.locator('[data-column="name"]').fill('core-1');
      await page.locator('[data-column="address"]').fill(await busyAgent());
      await editor.closeDialog('ok');
      await editor.deploy();

      const dashboard = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
      await dashboard.goto(red.url + path);
      // From the overview to the page of the device, whose ports say what they carry.
      const core = { name: 'core-1', exact: true };
      await dashboard.locator('netmon-dashboard').getByRole('link', core).click();
      const row = dashboard
        .locator('netmon-dashboard tr', { hasText: 'eth0' })
        .filter({ hasText: '123 Mbit/s' })
        .first();
      await row.waitFor();
      assert.ok(await row.getByText(hostile).isVisible());
      assert.equal(await dashboard.evaluate(() => 'harmed' in window), false);
      await dashboard.close();
    });
  }
});
