import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { protocolNames } from '../../nodes/protocols/fields.ts';
import { keepFailure, openBrowser } from '../support/browser.ts';
import { Editor } from '../support/editor.ts';
import { Red } from '../support/red.ts';

describe('the dialog of device access', function () {
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
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    editor = await Editor.open(page, red.url);
    await editor.openConfigDialog('netmon-device-access');
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

  const field = (name: string) => page.locator(`#node-config-input-${name}`);
  const choose = (protocol: string) => field('protocol').selectOption(protocol);

  /** The names of the inputs that show, without what is behind "More". */
  async function shown(): Promise<string[]> {
    const ids = await page
      .locator('#netmon-access :is(input, select, textarea)[id^=node-config-input-]:visible')
      .evaluateAll((all) => all.map(({ id }) => id));
    return ids.map((id) => id.replace('node-config-input-', ''));
  }

  async function wrong(): Promise<string[]> {
    const ids = await page
      .locator('#netmon-access .input-error')
      .evaluateAll((all) => all.map(({ id }) => id));
    return ids.map((id) => id.replace('node-config-input-', ''));
  }

  it('shows a newcomer to SNMP a version, a community and ticks', async () => {
    await choose('snmp');
    assert.deepEqual(await shown(), [
      'name',
      'protocol',
      'snmpVersion',
      'secret',
      'snmpInterfaces',
      'snmpSystem',
      'snmpHost',
      'snmpProtocols',
    ]);
    assert.deepEqual(await wrong(), ['secret']);
    await field('secret').fill('public');
    await field('secret').blur();
    assert.deepEqual(await wrong(), []);

    await field('snmpVersion').selectOption('3');
    assert.ok((await shown()).includes('privacySecret'));
    assert.deepEqual(await wrong(), ['user', 'secret', 'privacySecret']);
    await field('snmpLevel').selectOption('noAuthNoPriv');
    assert.deepEqual(await wrong(), ['user']);
  });

  it('asks for nothing that a protocol does not have', async () => {
    for (const protocol of protocolNames.filter((name) => name !== 'snmp')) {
      await choose(protocol);
      assert.deepEqual(await wrong(), [], protocol);
    }
    await choose('dns');
    await field('queryName').fill('');
    await field('queryName').blur();
    assert.deepEqual(await wrong(), ['queryName']);
    await choose('ping');
    assert.deepEqual(await wrong(), []);
    assert.deepEqual(await shown(), ['name', 'protocol', 'packets', 'maxLatency', 'maxLoss']);
  });

  it('swaps the address with the protocol until one is typed', async () => {
    await choose('prometheus');
    assert.equal(await field('url').inputValue(), 'http://{address}:9100/metrics');
    await choose('http-check');
    assert.equal(await field('url').inputValue(), 'https://{address}/');
    await field('url').fill('http://{address}:8080/');
    await choose('prometheus');
    assert.equal(await field('url').inputValue(), 'http://{address}:8080/');
  });

  it('fills in what a vendor needs', async () => {
    await page.locator('#netmon-access-preset').selectOption({ label: 'Arista eAPI' });
    assert.equal(await field('url').inputValue(), 'https://{address}/command-api');
    assert.equal(await field('authentication').inputValue(), 'basic');
    assert.match(await field('body').inputValue(), /runCmds/);
  });
});
