import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { defaults as accessDefaults } from '../../nodes/device-access/config.ts';
import { defaults } from '../../nodes/device-poll/config.ts';
import { keepFailure, openBrowser } from '../support/browser.ts';
import { Editor } from '../support/editor.ts';
import { Red } from '../support/red.ts';

interface SavedDevice {
  name: string;
  address: string;
}

describe('a table of 2,000 devices', function () {
  this.timeout(120_000);
  let red: Red;
  let browser: Browser;
  let page: Page;

  before(async function () {
    browser = await openBrowser(this);
    red = await Red.start();
    const address = (i: number) => (i === 1500 ? 'has space' : `10.1.${i >> 8}.${i & 255}`);
    const devices = Array.from({ length: 2000 }, (_, i) => ({
      name: `switch-${i}`,
      address: address(i),
      labels: { site: 'berlin' },
    }));
    const access = { ...accessDefaults, protocol: 'http', url: 'http://{address}/', id: 'access' };
    const poll = { ...defaults, devices, interval: 0, access: 'access', id: 'poll' };
    await red.deploy([
      { ...access, type: 'netmon-device-access' },
      { ...poll, type: 'netmon-device-poll', x: 200, y: 100, wires: [[]] },
    ]);
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  });

  afterEach(async function () {
    await keepFailure(this, page, red);
  });

  after(async () => {
    await browser?.close();
    await red?.stop();
  });

  it('finds rows by their words, and the wrong ones, and saves them all', async () => {
    const editor = await Editor.open(page, red.url);
    await editor.openDialog('poll');
    const search = page.locator('.netmon-search');
    await search.getByText('2000 rows').waitFor();
    const rows = page.locator('#netmon-poll-devices > li:visible');

    await search.locator('input[type=text]').fill('SWITCH-17');
    assert.equal(await rows.count(), 111);
    await search.locator('input[type=text]').fill('');
    await search.getByText('only the wrong ones (1)').click();
    assert.equal(await rows.count(), 1);
    await rows.locator('[data-column=address]').fill('10.0.0.1');
    await page.keyboard.press('Tab');
    await rows.nth(1).waitFor();
    assert.equal(await rows.count(), 2000);

    await editor.closeDialog('ok');
    await editor.deploy();
    const flows = (await red.json('/flows')) as { id: string; devices?: SavedDevice[] }[];
    const saved = flows.find(({ id }) => id === 'poll')!.devices!;
    assert.equal(saved.length, 2000);
    assert.deepEqual([saved[1500]!.name, saved[1500]!.address], ['switch-1500', '10.0.0.1']);
    assert.deepEqual(editor.faults, []);
  });
});
