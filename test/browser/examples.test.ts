import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { keepFailure, openBrowser } from '../support/browser.ts';
import { Editor } from '../support/editor.ts';
import { Red, root } from '../support/red.ts';

describe('the examples', function () {
  this.timeout(180_000);
  let red: Red;
  let browser: Browser;
  let page: Page;

  before(async function () {
    browser = await openBrowser(this);
    red = await Red.start();
    page = await browser.newPage({ locale: 'en-US', viewport: { width: 1400, height: 900 } });
  });

  afterEach(async function () {
    await keepFailure(this, page, red);
  });

  after(async () => {
    await browser?.close();
    await red?.stop();
  });

  it('can be imported from the menu, and the editor finds no fault with their nodes', async () => {
    const editor = await Editor.open(page, red.url);
    for (const file of (await readdir(join(root, 'examples'))).sort()) {
      await editor.importExample(file.replace(/\.json$/, ''));
      assert.deepEqual(await editor.invalidNodes(), [], file);
    }
    await editor.deploy();
    assert.deepEqual(editor.faults, []);
    assert.doesNotMatch(red.process.log, /\[error\]|Waiting for missing types/);
  });
});
