import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { protocolNames } from '../../nodes/protocols/fields.ts';
import { keepFailure, openBrowser } from '../support/browser.ts';
import { Editor } from '../support/editor.ts';
import { Red } from '../support/red.ts';

// What runs in the page sees the editor's own API.
declare const RED: {
  nodes: { eachConfig: (visit: (node: { id: string; name?: string }) => boolean) => void };
};

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
    assert.deepEqual(await shown(), [
      'name',
      'protocol',
      'snmpVersion',
      'secret',
      'snmpInterfaces',
      'snmpSystem',
      'snmpHost',
      'snmpProtocols',
      'snmpNeighbors',
    ]);
    assert.equal(await field('secret').inputValue(), 'public');
    assert.deepEqual(await wrong(), []);
    await field('secret').fill('');
    await field('secret').blur();
    assert.deepEqual(await wrong(), ['secret']);

    await field('snmpVersion').selectOption('2c');
    await field('snmpVersion').selectOption('1');
    assert.equal(await field('secret').inputValue(), 'public');
    await field('snmpVersion').selectOption('3');
    assert.equal(await field('secret').inputValue(), '');
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

  describe('asked for how answers are read', () => {
    const row = () => page.locator('#netmon-access [data-field=mapping]');
    const pick = async (button: string, label: string) => {
      await row().locator(button).click();
      // Beside what is chosen, an open list has it too. It slides open, and takes a click once it rests.
      const list = page.locator('.red-ui-typedInput-options:visible');
      await (await list.elementHandle())?.waitForElementState('stable');
      await list.locator('a', { hasText: label }).click();
      await list.waitFor({ state: 'hidden' });
    };
    const chooseType = (label: string) => pick('.red-ui-typedInput-type-select', label);
    const chooseVendor = (label: string) => pick('.red-ui-typedInput-option-trigger', label);

    beforeEach(() => choose('http'));

    it('fills in what a vendor needs', async () => {
      await chooseType('Vendor');
      await chooseVendor('Arista eAPI');
      assert.equal(await field('url').inputValue(), 'https://{address}/command-api');
      assert.equal(await field('authentication').inputValue(), 'basic');
      assert.match(await field('body').inputValue(), /runCmds/);
      await chooseVendor('UniFi');
      assert.equal(await field('keyHeader').inputValue(), 'X-API-KEY');
      assert.equal(await field('body').inputValue(), '');
      await chooseType('Netmon JSON');
      assert.match(await field('url').inputValue(), /interfaces\/metrics$/);
    });

    it('keeps an address that was typed, and tells that of the vendor', async () => {
      await field('url').fill('https://{address}:8443/rest/interface');
      await chooseType('Vendor');
      await chooseVendor('MikroTik RouterOS');
      assert.equal(await field('url').inputValue(), 'https://{address}:8443/rest/interface');
      assert.match(await row().innerText(), /is asked at https:\/\/\{address\}\/rest\/interface/);
    });

    it('checks an expression', async () => {
      await chooseType('expression');
      const type = async (expression: string) => {
        await row().locator('input:visible').fill(expression);
        await row().locator('input:visible').blur();
      };
      await type('ports.{');
      assert.ok((await wrong()).includes('mapping'));
      await type('[ports.{ "name": id }]');
      assert.deepEqual(await wrong(), []);
    });

    it('has what was saved when it opens again', async () => {
      await choose('http');
      await field('name').fill('the vendor');
      await chooseType('Vendor');
      await chooseVendor('MikroTik RouterOS');
      await editor.closeDialog('ok');
      const id = await page.evaluate(() => {
        let found = '';
        RED.nodes.eachConfig(({ id, name }) => {
          if (name === 'the vendor') found = id;
          return true;
        });
        return found;
      });
      await editor.openConfigDialog('netmon-device-access', id);
      assert.match(await row().innerText(), /Vendor[^]*MikroTik RouterOS/);
      assert.equal(await field('mappingType').inputValue(), 'vendor');
      assert.equal(await field('mapping').inputValue(), 'mikrotik');
      assert.equal(await field('url').inputValue(), 'https://{address}/rest/interface');
    });
  });

  it('checks the syntax of a condition, which may be none', async () => {
    await choose('http-check');
    await page.locator('#netmon-access summary', { hasText: 'More' }).click();
    // Node-RED's field for an expression lies over the one that keeps it.
    const row = page.locator('#netmon-access [data-field=jsonCondition]');
    const type = async (expression: string) => {
      await row.locator('input:visible').fill(expression);
      await row.locator('input:visible').blur();
    };
    for (const [expression, isWrong] of [
      ['status = ', true],
      ['status = "ok"', false],
      ['status = (', true],
      ['', false],
    ] as const) {
      await type(expression);
      assert.equal((await wrong()).includes('jsonCondition'), isWrong, expression);
      const marks = await row.locator('.red-ui-typedInput-container.input-error').count();
      assert.equal(marks, isWrong ? 1 : 0, expression);
    }
    await type('a = 1');
    await row.locator('.red-ui-typedInput-option-expand').click();
    await page.locator('.red-ui-editor-type-expression .monaco-editor.focused').waitFor();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' and');
    await page.locator('#node-dialog-ok').click();
    await row.locator('.red-ui-typedInput-container.input-error').waitFor();
    assert.equal(await field('jsonCondition').inputValue(), 'a = 1 and');
    assert.ok((await wrong()).includes('jsonCondition'));
  });
});
