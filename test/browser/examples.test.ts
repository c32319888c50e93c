import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { exampleFiles } from '../../scripts/example-flows.ts';
import { keepFailure, openBrowser } from '../support/browser.ts';
import { Editor } from '../support/editor.ts';
import { Red, root } from '../support/red.ts';

/** asks hosts on the internet, so it is not deployed here */
const outside = 'Is it up';

describe('the examples', function () {
  this.timeout(300_000);
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
    for (const name of exampleFiles(join(root, 'examples')).keys()) {
      if (name === outside) continue;
      await editor.importExample(name);
      assert.deepEqual(await editor.invalidNodes(), [], name);
    }
    await editor.deploy();
    await editor.importExample(outside);
    assert.deepEqual(await editor.invalidNodes(), [], outside);
    assert.deepEqual(editor.faults, []);
    assert.doesNotMatch(red.process.log, /\[error\]|Waiting for missing types/);
  });
});
