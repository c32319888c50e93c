import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { keepFailure, openBrowser } from '../support/browser.ts';
import { root } from '../support/red.ts';

const script = join(root, 'resources', 'netmon-heat-map.js');
const map = {
  rows: ['<img src=x onerror="document.title = 1">', 'eth1'],
  columns: ['mon', 'tue'],
  cells: [
    [0, 5],
    [null, 10],
  ],
  unit: 'Mbit/s',
  none: 'nothing known',
};

type Element = HTMLElement & { data: unknown };

describe('the element netmon-heat-map', function () {
  this.timeout(60_000);
  let browser: Browser;
  let page: Page;

  before(async function () {
    browser = await openBrowser(this);
  });

  beforeEach(async () => {
    page = await browser.newPage();
    await page.setContent('<netmon-heat-map></netmon-heat-map>');
  });

  afterEach(async function () {
    await keepFailure(this, page);
    await page?.close();
  });

  after(() => browser?.close());

  const give = (data: unknown) =>
    page.evaluate((value) => {
      document.querySelector<Element>('netmon-heat-map')!.data = value;
    }, data);
  const cells = () =>
    page
      .locator('netmon-heat-map td')
      .evaluateAll((all) =>
        (all as HTMLElement[]).map((cell) => [cell.title, getComputedStyle(cell).backgroundColor]),
      );

  it('says of each cell what it is, by colors from the darkest to the lightest', async () => {
    await page.addScriptTag({ path: script });
    await give(map);
    const none = 'rgba(0, 0, 0, 0)';
    assert.deepEqual(await cells(), [
      [`${map.rows[0]!}, mon: 0 Mbit/s`, 'rgb(68, 1, 84)'],
      [`${map.rows[0]!}, tue: 5 Mbit/s`, 'rgb(35, 144, 139)'],
      ['eth1, mon: nothing known', none],
      ['eth1, tue: 10 Mbit/s', 'rgb(253, 231, 37)'],
    ]);
    const legend = await page.locator('netmon-heat-map .legend span').allTextContents();
    assert.deepEqual(legend, ['0 Mbit/s', '10 Mbit/s']);
  });

  it('is light or dark as the card is that it stands in', async () => {
    await page.addScriptTag({ path: script });
    const heading = () =>
      page
        .locator('netmon-heat-map tbody th')
        .first()
        .evaluate((th) => getComputedStyle(th).color);
    await give(map);
    assert.equal(await heading(), 'rgb(82, 97, 113)');
    await page.addStyleTag({ content: 'body { background: #111; color: #eee }' });
    await give(map);
    assert.equal(await heading(), 'rgb(159, 173, 187)');
  });

  it('takes all texts for text', async () => {
    await page.addScriptTag({ path: script });
    await give(map);
    assert.deepEqual(await page.locator('netmon-heat-map tbody th').allTextContents(), map.rows);
    assert.equal(await page.locator('netmon-heat-map img').count(), 0);
  });

  it('shows what it was given before its script was there, and nothing for what is no map', async () => {
    await give(map);
    await page.addScriptTag({ path: script });
    assert.equal((await cells()).length, 4);
    await give({ rows: 7 });
    assert.equal((await cells()).length, 0);
    await give(undefined);
    assert.equal((await cells()).length, 0);
  });
});
