import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { Editor } from '../support/editor.ts';
import { Red, type RedOptions } from '../support/red.ts';

describe('the palette', function () {
  this.timeout(120_000);
  let red: Red;
  let browser: Browser;

  before(async function () {
    browser = await openBrowser(this);
  });

  afterEach(() => red.stop());

  after(() => browser?.close());

  async function open(options?: RedOptions) {
    red = await Red.start(options);
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const { faults } = await Editor.open(page, red.url);
    const categories = () =>
      page
        .locator('.red-ui-palette-category:visible .red-ui-palette-header')
        .evaluateAll((all) => all.map((head) => head.textContent.trim()));
    return { page, faults, categories };
  }

  it('finds Netmon by what people look for, and shows it below the nodes for networks', async () => {
    const { page, faults, categories } = await open();
    const found = page.locator('[data-palette-type^=netmon-]:not([data-filter])');
    const search = page.locator('#red-ui-palette-search input');
    const other = (state: string) => page.locator(`[data-palette-type=inject]${state}`);
    for (const [words, expected] of [
      ['network', 'netmon-device-poll'],
      ['monitor', 'netmon-host-metrics'],
      ['snmp', 'netmon-device-poll'],
      ['ping', 'netmon-device-poll'],
      ['prometheus', 'netmon-device-poll'],
      ['interface', 'netmon-device-poll'],
      ['device poll', 'netmon-device-poll'],
    ] as const) {
      // It hears keys only, and waits a moment for more of them.
      await search.pressSequentially(words);
      await other('[data-filter]').waitFor({ state: 'attached' });
      const types = await found.evaluateAll((all) => all.map(({ dataset }) => dataset.paletteType));
      assert.ok(types.includes(expected), `${words}: ${types.join(', ')}`);
      await search.fill('');
      await search.press('Backspace');
      await other(':not([data-filter])').waitFor({ state: 'attached' });
    }
    const label = await page.locator('[data-palette-type=netmon-device-poll]').innerText();
    assert.equal(label.replace(/\s+/g, ' ').trim(), 'device poll');
    const shown = await categories();
    assert.equal(shown[shown.indexOf('network') + 1], 'netmon');
    assert.deepEqual(faults, []);
  });

  it("leaves the user's own order of the categories", async () => {
    const { categories } = await open({ settings: { paletteCategories: ['netmon', 'common'] } });
    assert.deepEqual((await categories()).slice(0, 2), ['netmon', 'common']);
  });
});
