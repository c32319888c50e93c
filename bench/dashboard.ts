// Opening a dashboard with a day of readings every 10 s, in Chromium: from the navigation, with nothing cached, until the
// last chart is drawn to its end.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { systemClock } from '../nodes/shared/clock.ts';
import { History } from '../nodes/shared/history/history.ts';
import { launchBrowser } from '../test/support/browser.ts';
import { Red } from '../test/support/red.ts';
import { dayOfSwitch, injectId, type Opened, pagesOf } from './dashboard-flows.ts';
import type { Figure } from './figure.ts';

const runs = 3;
const day = 86_400_000;
const goalMs = 2000;

/** Measures all pages; none where there is no browser. */
export async function run(): Promise<Figure[]> {
  const browser = await launchBrowser();
  if (!browser) {
    console.error('Opening a dashboard is left out: there is no Chromium.');
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'netmon-bench-'));
  const red = await Red.start();
  try {
    await writeDay(join(folder, 'history'));
    const figures: Figure[] = [];
    for (const page of await pagesOf(join(folder, 'history'))) {
      await red.deploy(page.nodes);
      if (page.curves > 0) await red.inject(injectId);
      figures.push(await figureOf(browser, red, page));
    }
    return figures;
  } finally {
    await browser.close();
    await red.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeDay(folder: string): Promise<void> {
  const retention = { ages: { raw: 90 * day, '5m': 365 * day, '1h': 1825 * day }, size: 1e12 };
  const history = new History({
    ...{ folder, retention, commitMs: 50, forwards: [], clock: systemClock },
  });
  await history.open();
  let written: Promise<unknown> = Promise.resolve();
  for (const poll of dayOfSwitch(Date.now())) {
    written = history.write(poll);
    if (history.pending > 100_000) await written;
  }
  await written;
  await history.close();
}

async function figureOf(browser: Browser, red: Red, opened: Opened): Promise<Figure> {
  // The first one warms the disk's cache, and does not count.
  await openOnce(browser, red, opened);
  const times: number[] = [];
  for (let i = 0; i < runs; i++) times.push(await openOnce(browser, red, opened));
  const [least, time, most] = times.toSorted((a, b) => a - b) as [number, number, number];
  return {
    name: `Opening ${opened.name}, 24 h of readings every 10 s, until the last is drawn`,
    ratio: time / goalMs,
    goal: 'under 2 s',
    ok: time < goalMs,
    detail: `${seconds(time)}, of ${runs} between ${seconds(least)} and ${seconds(most)}`,
  };
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;

// For the page, which has a document. A chart counts once its line has come to the right, where now is: its colour stands
// in some column there, while grid and texts are grey. Charts that are not in the window count too.
const watch = ({ charts, curves }: Opened) => `
(() => {
  const isDrawn = (canvas) => {
    const { width, height } = canvas;
    if (width === 0 || height === 0) return false;
    const left = Math.floor(width * 0.85);
    const strip = canvas.getContext('2d').getImageData(left, 0, width - left, Math.ceil(height * 0.8));
    for (let i = 0; i < strip.data.length; i += 4) {
      const [r, g, b, alpha] = strip.data.subarray(i, i + 4);
      if (alpha > 100 && Math.max(r, g, b) - Math.min(r, g, b) > 60) return true;
    }
    return false;
  };
  const done = new WeakSet();
  const look = () => {
    const element = document.querySelector('netmon-dashboard');
    const root = element ? element.shadowRoot : document;
    let drawn = 0;
    for (const canvas of root ? root.querySelectorAll('canvas') : []) {
      if (done.has(canvas) || isDrawn(canvas)) {
        done.add(canvas);
        drawn++;
      }
    }
    const small = root ? root.querySelectorAll('td svg.spark path').length : 0;
    window.seen = [drawn, small];
    if (drawn >= ${charts} && small >= ${curves}) window.drawnAt = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();`;

/** ms from the navigation until all is drawn */
async function openOnce(browser: Browser, red: Red, opened: Opened): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript({ content: watch(opened) });
    await page.goto(red.url + opened.path);
    const drawn = await page.waitForFunction('window.drawnAt', undefined, { timeout: 60_000 });
    return Number(await drawn.jsonValue());
  } finally {
    await context.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, ratio, goal, ok, detail } of await run()) {
    console.log(`${ok ? 'yes' : 'NO '} ${ratio.toFixed(2)} ${name} (${goal}): ${detail}`);
  }
}
