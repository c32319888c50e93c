import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from 'mocha';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Red, root } from './red.ts';

const executable = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Chromium without a window. Where there is none the test is skipped, with the reason. */
export async function openBrowser(test: Context): Promise<Browser> {
  const browser = await launchBrowser();
  if (browser) return browser;
  console.log(`    No Chromium at ${executable}: install it, or name another one in CHROMIUM.`);
  return test.skip();
}

/** Chromium without a window; undefined where there is none. */
export async function launchBrowser(): Promise<Browser | undefined> {
  if (!existsSync(executable)) return undefined;
  return chromium.launch({
    executablePath: executable,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Each page would start a second renderer, for the browser's own bar that nobody sees here.
      '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup',
    ],
  });
}

/** After a failed test: keeps what page and Node-RED showed in `.netmon/failures/`. */
export async function keepFailure(test: Context, page?: Page, red?: Red): Promise<void> {
  if (test.currentTest?.state !== 'failed') return;
  const directory = join(root, '.netmon', 'failures');
  const name = test.currentTest.fullTitle().replace(/\W+/g, '-').slice(0, 100);
  await mkdir(directory, { recursive: true });
  await page?.screenshot({ path: join(directory, `${name}.png`) }).catch(() => {});
  if (red) await writeFile(join(directory, `${name}.log`), red.process.log);
  console.log(`      kept: ${join(directory, name)}.*`);
}
