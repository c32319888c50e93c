import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { keepFailure, openBrowser } from '../support/browser.ts';
import { Editor } from '../support/editor.ts';
import { Red } from '../support/red.ts';

describe('a table of rows by keyboard', function () {
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
    const rules = ['a', 'b', 'c'].map((metric) => ({ metric, comparison: '>', threshold: 1 }));
    await red.deploy([
      { id: 'check', type: 'netmon-threshold-check', rules, x: 200, y: 100, wires: [[], []] },
    ]);
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    editor = await Editor.open(page, red.url);
    await editor.openDialog('check');
    await cell(2, 'metric').waitFor();
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

  const rows = () => page.locator('#netmon-threshold-rules > li');
  const cell = (row: number, column: string) => rows().nth(row).locator(`[data-column=${column}]`);
  const order = () =>
    page
      .locator('#netmon-threshold-rules [data-column=metric]')
      .evaluateAll((all) => all.map((input) => (input as HTMLInputElement).value));

  /** The row and the column that have the focus; the class where it is on no input of a row. */
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const row = element.closest('li');
      const index = [...(row?.parentElement?.children ?? [])].indexOf(row!);
      return [index, element.dataset.column ?? element.className.split(' ').at(0)];
    });

  async function saved(): Promise<string[]> {
    await editor.closeDialog('ok');
    await editor.deploy();
    const flows = (await red.json('/flows')) as { id: string; rules?: { metric: string }[] }[];
    return flows.find(({ id }) => id === 'check')!.rules!.map(({ metric }) => metric);
  }

  it('moves a row by Alt and an arrow, and the focus goes along', async () => {
    await cell(0, 'threshold').focus();
    await page.keyboard.press('Alt+ArrowUp');
    assert.deepEqual(await order(), ['a', 'b', 'c']);
    await page.keyboard.press('Alt+ArrowDown');
    assert.deepEqual(await order(), ['b', 'a', 'c']);
    await page.keyboard.press('Alt+ArrowDown');
    assert.deepEqual(await order(), ['b', 'c', 'a']);
    assert.deepEqual(await focused(), [2, 'threshold']);
    await page.getByText('now row 3 of 3').waitFor({ state: 'attached' });
    await cell(1, 'comparison').focus();
    await page.keyboard.press('Alt+ArrowUp');
    assert.deepEqual(await focused(), [0, 'comparison']);
    assert.deepEqual(await saved(), ['c', 'b', 'a']);
  });

  it('removes a row by Alt+Delete; the focus is on the next, at last on the button to add', async () => {
    await cell(1, 'threshold').focus();
    await page.keyboard.press('Alt+Delete');
    assert.deepEqual(await order(), ['a', 'c']);
    assert.deepEqual(await focused(), [1, 'threshold']);
    await page.keyboard.press('Alt+Delete');
    assert.deepEqual(await focused(), [0, 'threshold']);
    await page.keyboard.press('Alt+Delete');
    assert.equal(await rows().count(), 0);
    const add = page.locator('.red-ui-tray .red-ui-editableList-addButton');
    assert.ok(await add.evaluate((button) => button === document.activeElement));
    await page.keyboard.press('Enter');
    await cell(0, 'metric').waitFor();
    await page.waitForFunction(() => document.activeElement?.closest('li'));
    assert.deepEqual(await focused(), [0, 'metric']);
  });

  it('removes a row by its button, which Tab reaches', async () => {
    await cell(1, 'severity').focus();
    await page.keyboard.press('Tab');
    assert.deepEqual(await focused(), [1, 'netmon-more']);
    await page.keyboard.press('Tab');
    const label = await page.evaluate(() => document.activeElement!.getAttribute('aria-label'));
    assert.equal(label, 'Remove this row (Alt+Delete)');
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      () => document.querySelectorAll('#netmon-threshold-rules > li').length === 2,
    );
    assert.deepEqual(await order(), ['a', 'c']);
    assert.deepEqual(await focused(), [1, 'red-ui-editableList-item-remove']);
  });

  it('adds a row by Enter in the last one, but none behind a blank one', async () => {
    await cell(0, 'metric').focus();
    await page.keyboard.press('Enter');
    assert.equal(await rows().count(), 3);
    await cell(2, 'threshold').focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.closest('li:nth-child(4)'));
    assert.deepEqual(await focused(), [3, 'metric']);
    await page.keyboard.press('Enter');
    assert.equal(await rows().count(), 4);
    await page.keyboard.type('d');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('5');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.closest('li:nth-child(5)'));
    assert.deepEqual(await saved(), ['a', 'b', 'c', 'd']);
  });

  it('keeps what is being typed while the row moves', async () => {
    await cell(0, 'metric').fill('renamed');
    await page.keyboard.press('Alt+ArrowDown');
    await page.keyboard.type('!');
    assert.deepEqual(await order(), ['b', 'renamed!', 'c']);
    await page.keyboard.press('Backspace');
    assert.deepEqual(await saved(), ['b', 'renamed', 'c']);
  });
});
