import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { nodeNames } from '../../scripts/build.ts';
import { keepFailure, openBrowser } from '../support/browser.ts';
import { Editor } from '../support/editor.ts';
import { Red, root } from '../support/red.ts';

describe('the dialogs', function () {
  this.timeout(300_000);
  let red: Red;
  let browser: Browser;
  let page: Page;

  before(async function () {
    browser = await openBrowser(this);
    red = await Red.start();
  });

  afterEach(async function () {
    await keepFailure(this, page, red);
    await page.close();
  });

  after(async () => {
    await browser?.close();
    await red?.stop();
  });

  for (const locale of ['en-US', 'de']) {
    it(`show texts and no keys, and no script fails, in ${locale}`, async () => {
      page = await browser.newPage({ locale, viewport: { width: 1400, height: 900 } });
      const editor = await Editor.open(page, red.url);
      const names = await nodeNames();
      // A raw key, or a node's type where its name should stand.
      const raw = new RegExp(`\\b((${names.join('|')}|shared)\\.\\w+|netmon-(${names.join('|')}))`);
      for (const name of names) {
        const type = `netmon-${name}`;
        const html = await readFile(join(root, 'dist', `${name}.html`), 'utf8');
        if (/category:\s*["']config["']/.test(html)) {
          await editor.openConfigDialog(type);
        } else {
          assert.doesNotMatch(await editor.paletteLabel(type), /netmon/, type);
          await editor.openDialog(await editor.drag(type, { x: 300, y: 100 }));
        }
        assert.doesNotMatch(await editor.dialogWords(), raw, type);
        assert.deepEqual(await editor.wordlessKeys(), [], type);
        await editor.closeDialog('cancel');
        await page.keyboard.press('Delete');
      }
      assert.deepEqual(editor.faults, []);
    });
  }
});
