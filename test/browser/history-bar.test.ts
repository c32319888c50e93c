import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { keepFailure, openBrowser } from '../support/browser.ts';
import { root } from '../support/red.ts';

const half = 1_800_000;

type Element = HTMLElement & { data: unknown };

describe('the element netmon-history-bar', function () {
  this.timeout(60_000);
  let browser: Browser;
  let page: Page;

  before(async function () {
    browser = await openBrowser(this);
  });

  beforeEach(async () => {
    page = await browser.newPage({ timezoneId: 'UTC', locale: 'en-US' });
    await page.setContent('<netmon-history-bar></netmon-history-bar>');
    await page.addScriptTag({ path: join(root, 'resources', 'netmon-history-bar.js') });
  });

  afterEach(async function () {
    await keepFailure(this, page);
    await page?.close();
  });

  after(() => browser?.close());

  const give = (data: unknown) =>
    page.evaluate((value) => {
      document.querySelector<Element>('netmon-history-bar')!.data = value;
    }, data);
  const bar = () => page.locator('netmon-history-bar [role=img]');
  const pieces = () => bar().locator('i');

  it('has a piece for each slice, and says in words what was not up', async () => {
    await give([
      { start: 0, end: half, state: 'up', percent: 100 },
      { start: half, end: 2 * half, state: 'down', percent: 62 },
    ]);
    assert.equal(await bar().getAttribute('aria-label'), '00:30 to 01:00: down');
    const titles = await pieces().evaluateAll((all) => all.map((one) => one.getAttribute('title')));
    assert.deepEqual(titles, ['00:00 to 00:30: up, 100 %', '00:30 to 01:00: down, 62.00 %']);
  });

  it('is empty where it is given none, and dark where the texts around are light', async () => {
    for (const data of [undefined, 'x', [null, 7]]) {
      await give(data);
      assert.equal(await pieces().count(), 0);
    }
    await page.evaluate(() => (document.body.style.color = 'white'));
    await give([]);
    const theme = () => page.locator('netmon-history-bar').getAttribute('data-theme');
    assert.equal(await theme(), 'dark');
    assert.equal(await page.evaluate(() => document.documentElement.dataset.netmonTheme), 'light');
  });
});
