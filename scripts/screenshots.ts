// Takes the README's pictures from a running `npm start`, which should have run for some minutes, so
// that its charts are full.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';

const directory = fileURLToPath(new URL('../docs/images', import.meta.url));
const address = `http://127.0.0.1:${process.env.PORT ?? '1880'}`;
const size = { width: 1400, height: 900 };

async function picture(browser: Browser, name: string, path: string, ready: string): Promise<void> {
  const page = await browser.newPage({ viewport: size, locale: 'en-US' });
  await page.goto(address + path);
  await page.locator(ready).first().waitFor();
  // Charts grow into view, and the readings of two polls make a rate.
  await page.waitForTimeout(12_000);
  await page.screenshot({ path: join(directory, `${name}.png`) });
  await page.close();
}

await mkdir(directory, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await picture(browser, 'dashboard', '/ui/#!/0', 'canvas');
  await picture(browser, 'dashboard-2', '/dashboard/overview', 'canvas');
  await picture(browser, 'flow', '/', '.red-ui-flow-node-group');
} finally {
  await browser.close();
}
