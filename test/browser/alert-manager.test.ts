import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { keepFailure, openBrowser } from '../support/browser.ts';
import { Editor } from '../support/editor.ts';
import { Red } from '../support/red.ts';

describe('the dialog of alert manager', function () {
  this.timeout(120_000);
  let red: Red;
  let browser: Browser;
  let page: Page;

  before(async function () {
    browser = await openBrowser(this);
    red = await Red.start();
  });

  afterEach(async function () {
    await keepFailure(this, page, red);
  });

  after(async () => {
    await browser?.close();
    await red?.stop();
  });

  it('gives each receiver an output, and leaves the wires of the others where they lead', async () => {
    page = await browser.newPage({ locale: 'en-US', viewport: { width: 1400, height: 900 } });
    const editor = await Editor.open(page, red.url);
    const manager = await editor.drag('netmon-alert-manager', { x: 200, y: 300 });
    const ports = page.locator(`[id="${manager}"] .red-ui-flow-port-output`);
    const setReceivers = async (names: string) => {
      await editor.openDialog(manager);
      await page.locator('#node-input-receivers').fill(names);
      await editor.closeDialog('ok');
    };
    await setReceivers('mail, chat');
    assert.equal(await ports.count(), 5);
    await editor.wire(manager, await editor.drag('debug', { x: 500, y: 400 }), 4);
    const wires = page.locator('.red-ui-flow-link');
    await setReceivers('mail, chat, on-call');
    assert.deepEqual([await ports.count(), await wires.count()], [6, 1]);
    await setReceivers('mail, on-call');
    assert.deepEqual([await ports.count(), await wires.count()], [5, 0]);
    assert.deepEqual(await editor.invalidNodes(), []);
    assert.deepEqual(editor.faults, []);
  });
});
