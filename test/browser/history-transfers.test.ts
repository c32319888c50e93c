import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { keepFailure, openBrowser } from '../support/browser.ts';
import { Editor } from '../support/editor.ts';
import { Red } from '../support/red.ts';

const minute = 60_000;
/** more than one piece of an upload, and more than is written together */
const count = 25_000;

describe("the export, import and backup in a history database's dialog", function () {
  this.timeout(180_000);
  let red: Red;
  let browser: Browser;
  let page: Page;
  let editor: Editor;
  const now = Date.now();

  const result = (kind: string) => page.locator(`#netmon-history-${kind}-result`);
  const told = async (kind: string, text: RegExp) => {
    await result(kind).filter({ hasText: text }).waitFor();
    return result(kind).textContent();
  };
  const importText = async (name: string, text: string) => {
    const file = { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
    await page.locator('#netmon-history-import-file').setInputFiles(file);
    await page.locator('#netmon-history-import').click();
  };
  const exported = async (format: 'csv' | 'jsonl') => {
    await page.locator('#netmon-history-export-format').selectOption(format);
    const download = page.waitForEvent('download');
    await page.locator('#netmon-history-export').click();
    const file = await download;
    await told('export', /exported/);
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
  };
  const line = (i: number) =>
    JSON.stringify({
      ...{ metric: 'cpu_usage', value: i / 8, unit: '%', time: now - (i + 1) * minute },
      ...{ labels: { device: 'käse-1' }, info: { alias: 'up' } },
    });
  const lines = Array.from({ length: count }, (_, i) => line(i));

  before(async function () {
    browser = await openBrowser(this);
    red = await Red.start();
    await red.deploy([{ id: 'db', type: 'netmon-history-database', name: '' }]);
    page = await browser.newPage({ locale: 'en-US', viewport: { width: 1400, height: 1000 } });
    editor = await Editor.open(page, red.url);
    await editor.openConfigDialog('netmon-history-database', 'db');
    await page.locator('.netmon-group > summary').click();
  });

  afterEach(async function () {
    await keepFailure(this, page, red);
  });

  after(async () => {
    await browser?.close();
    await red?.stop();
  });

  it('take a file, tell which lines are bad, and give back what was taken', async () => {
    await importText('history.jsonl', `${lines.join('\n')}\nnonsense\n`);
    assert.match(
      (await told('import', /refused/))!,
      /25,000 readings taken; 1 lines refused.*line 25001: /,
    );
    const { name, text } = await exported('jsonl');
    assert.match(name, /^netmon-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.jsonl$/);
    const found = text
      .trim()
      .split('\n')
      .map((each) => JSON.parse(each) as object);
    assert.deepEqual(found, lines.map((each) => JSON.parse(each) as object).reverse());
  });

  it('keep nothing twice where a file is imported again', async () => {
    const { name, text } = await exported('csv');
    assert.match(name, /\.csv$/);
    assert.match(text, /^time,metric,device,value,unit\r\n/);
    await importText('history.csv', text);
    await told('import', /25,000 readings taken/);
    assert.equal((await exported('csv')).text, text);
    assert.deepEqual(editor.faults, []);
  });

  it('can be cancelled, and say how far they came', async () => {
    let pieces = 0;
    await page.route('**/history-database/import-piece', async (route) => {
      if (++pieces === 2) {
        const cancelled = page.waitForResponse('**/history-database/cancel');
        await page.locator('#netmon-history-import-result button').click();
        await cancelled;
      }
      await route.continue();
    });
    await importText('history.jsonl', lines.join('\n'));
    assert.match(
      (await told('import', /cancelled/))!,
      /cancelled after line [\d,]+, with [\d,]+ readings/,
    );
    assert.equal(pieces, 2);
  });

  it('say what is wrong with what was asked for', async () => {
    await page.locator('#netmon-history-export-from').fill('never');
    await page.locator('#netmon-history-export').click();
    await told('export', /From: expected 24h, yesterday/);
    await page.locator('#netmon-history-import-file').setInputFiles([]);
    await page.locator('#netmon-history-import').click();
    await told('import', /choose a file first/);
    await importText('a.txt', 'neither, nor\n');
    await told('import', /this is no export/);
    await page.locator('#netmon-history-backup').click();
    await told('backup', /Backup in is empty/);
  });

  it('make a backup while the history is in use, and tell where', async () => {
    await page.locator('#netmon-history-backup-folder').fill('backups');
    await page.locator('#netmon-history-backup').click();
    await told('backup', /complete: .*backups.*netmon-history-/);
    const [name] = readdirSync(join(red.userDir, 'backups'));
    assert.ok(existsSync(join(red.userDir, 'backups', name!, 'journal.db')));
  });
});
