import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type {
  AlertCommand,
  Page as Shown,
  PageRequest,
  TrafficPage,
} from '../../nodes/contract/pages.ts';
import * as samples from '../elements/samples.ts';
import { seriousFindings } from '../support/axe.ts';
import { keepFailure, openBrowser } from '../support/browser.ts';
import { root } from '../support/red.ts';

const script = join(root, 'resources', 'netmon-dashboard.js');
/** how each page is looked at: the last width of each is checked for everybody's use */
const looks = [
  ['light', [390, 800, 1400]],
  ['dark', [800, 390]],
] as const;
const address = 'http://netmon.test/dashboard/network';

type Element = HTMLElement & { data: unknown };

const { alertsPage, checks, configuration, configurations, device, devices, managed, none } =
  samples;
const { overview, portPage, quiet, status, wholeConfiguration } = samples;
const { traffic, trafficAddress, trafficNone, trafficUnknown } = samples;
const { changes, changesNone, changesOfAlert } = samples;
const pages = {
  overview,
  quiet,
  devices,
  device,
  port: portPage,
  checks,
  alerts: alertsPage,
  managed,
  configurations,
  configuration,
  'whole configuration': wholeConfiguration,
  traffic,
  'traffic of an address': trafficAddress,
  'traffic of no known address': trafficUnknown,
  'no traffic': trafficNone,
  'what changed': changes,
  'what changed around an alert': changesOfAlert,
  'nothing that changed': changesNone,
  status,
  none,
};

/** The address that shows a page, so that the element takes it. */
function queryOf(page: Shown): string {
  const paths: Partial<Record<Shown['page'], string[]>> = {
    device: ['device', page.page === 'device' ? page.line.name : ''],
    configuration:
      page.page === 'configuration' ? ['configuration', page.line.device, `${page.shown.id}`] : [],
    port: page.page === 'port' ? ['port', page.port.device, page.port.name] : [],
    none: ['device', page.page === 'none' ? page.asked : ''],
    traffic: page.page === 'traffic' ? pathOfTraffic(page) : [],
    changes:
      page.page === 'changes' && page.alert
        ? ['changes', 'alert', page.alert.fingerprint]
        : ['changes'],
  };
  const path = (paths[page.page] ?? [page.page]).map(encodeURIComponent).join('/');
  const { compare, period } = page;
  return `?${new URLSearchParams({ netmon: path, compare, period }).toString()}`;
}

function pathOfTraffic({ device, interface: name, search, at }: TrafficPage): string[] {
  const asked = { device, interface: name, address: search?.address, at };
  const parts = Object.entries(asked).filter(([, value]) => (value ?? null) !== null);
  return ['traffic', ...parts.flatMap(([key, value]) => [key, String(value)])];
}

describe('The element netmon-dashboard', function () {
  this.timeout(90_000);
  let browser: Browser;
  let page: Page;
  let asked: PageRequest[];
  let commands: AlertCommand[];
  let errors: string[];

  before(async function () {
    browser = await openBrowser(this);
  });

  beforeEach(async () => {
    await open();
  });

  afterEach(async function () {
    await keepFailure(this, page);
    await page?.context().close();
  });

  after(() => browser?.close());

  interface Opened {
    query?: string;
    html?: string;
    width?: number;
    colorScheme?: 'light' | 'dark';
    /** whether there is a node that answers; there is unless told */
    isAnswered?: boolean;
  }

  /** Opens a page with the element in it, whose requests are answered from the samples. */
  async function open({
    query = '',
    html,
    width = 1400,
    colorScheme = 'light',
    isAnswered = true,
  }: Opened = {}) {
    await page?.context().close();
    asked = [];
    commands = [];
    errors = [];
    const context = await browser.newContext({
      ...{ viewport: { width, height: 900 }, colorScheme, locale: 'en-US', timezoneId: 'UTC' },
    });
    page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    const body = html ?? '<netmon-dashboard></netmon-dashboard>';
    await page.route('http://netmon.test/**', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><html lang="en"><title>Network</title><body style="margin:0">${body}`,
      }),
    );
    await page.exposeFunction('askNode', (request: PageRequest) => {
      // Whose it is is no matter here.
      const what = { ...request };
      delete what.request;
      asked.push(what);
      return isAnswered ? samples.answer(request) : undefined;
    });
    await page.exposeFunction('tellNode', (command: AlertCommand) => commands.push(command));
    await page.goto(address + query);
    await page.evaluate(() => {
      document.addEventListener('command', (event) => {
        const tell = (window as unknown as { tellNode: (command: unknown) => void }).tellNode;
        tell((event as CustomEvent).detail);
      });
      document.addEventListener('ask', (event) => {
        const element = document.querySelector('netmon-dashboard') as Element;
        const ask = (window as unknown as { askNode: (request: unknown) => Promise<unknown> })
          .askNode;
        void ask((event as CustomEvent).detail).then((answer) => (element.data = answer));
      });
    });
    await page.addScriptTag({ path: script });
  }

  /** Waits for what the page does in tasks of its own. */
  const until = async (isDone: () => boolean) => {
    while (!isDone()) await page.evaluate(() => new Promise(requestAnimationFrame));
  };
  const give = (data: unknown) =>
    page.evaluate((value) => {
      document.querySelector<Element>('netmon-dashboard')!.data = value;
    }, data);
  const heading = (inPage: Page) => inPage.locator('netmon-dashboard h1');
  const title = async () => (await heading(page).textContent())?.replaceAll('\u00a0', ' ');

  it('asks for the overview and shows it', async () => {
    await page.getByText('Needs attention').waitFor();
    assert.deepEqual(asked, [{ page: 'overview', period: '24h', compare: 'none' }]);
    assert.equal(await title(), '◆1 device down, 2 degraded, 1 check degraded');
    assert.equal(await page.locator('canvas').count(), 1);
    assert.equal(await page.locator('.tile').count(), 23);
    assert.deepEqual(
      await page.locator('.bars li').first().locator('b, .who a').allTextContents(),
      [...['Te1/0/1', '87 %']],
    );
    assert.deepEqual(errors, []);
  });

  it('speaks a further language once its texts have come, and English until then', async () => {
    const texts = Promise.withResolvers<string>();
    const context = await browser.newContext({ locale: 'ja-JP' });
    const reader = await context.newPage();
    await reader.route('http://netmon.test/**', async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/elements/netmon-dashboard.js') {
        await route.fulfill({ path: script });
      } else if (pathname === '/elements/netmon-words-ja.json') {
        await route.fulfill({ body: await texts.promise, contentType: 'application/json' });
      } else {
        const body =
          '<netmon-dashboard></netmon-dashboard><script src="elements/netmon-dashboard.js">';
        await route.fulfill({ contentType: 'text/html', body: `<html lang="en">${body}</script>` });
      }
    });
    await reader.goto('http://netmon.test/network');
    await reader.locator('netmon-dashboard nav').getByText('Overview').waitFor();
    texts.resolve(JSON.stringify({ elements: { page: { overview: '概要' } } }));
    await reader.locator('netmon-dashboard nav').getByText('概要').waitFor();
    assert.ok(await reader.locator('netmon-dashboard nav').getByText('Devices').isVisible());
    await context.close();
  });

  it('shows what it was given before its script was there', async () => {
    await open({ html: '<netmon-dashboard view="status"></netmon-dashboard>' });
    await page.goto(address);
    await give(status);
    await page.addScriptTag({ path: script });
    await page.getByText('Example Ltd').waitFor();
  });

  it('opens the pages of devices and ports by a click, and keeps them over a reload', async () => {
    await page.locator('.tile', { hasText: 'sw-access-3' }).click();
    await page.getByText('Ports by use').waitFor();
    assert.deepEqual(asked.at(-1), {
      ...{ page: 'device', device: 'sw-access-3', period: '24h', compare: 'none' },
    });
    // A screen reader goes on where the page begins.
    assert.equal(await heading(page).evaluate((one) => one.matches(':focus')), true);
    await page.locator('.port', { hasText: 'Te1/0/1' }).click();
    await page.getByText('Errors and discards').waitFor();
    assert.equal(new URL(page.url()).search, '?netmon=port%2Fsw-access-3%2FTe1%252F0%252F1');
    await page.reload();
    await page.addScriptTag({ path: script });
    await give({ ...portPage, compare: 'none' });
    await page.getByText('Errors and discards').waitFor();
  });

  it('draws each chart of a page once', async () => {
    await page.evaluate(() => {
      const prototype = CanvasRenderingContext2D.prototype;
      type Clear = (this: CanvasRenderingContext2D, ...of: number[]) => void;
      const clear: Clear = Reflect.get<CanvasRenderingContext2D, 'clearRect'>(
        prototype,
        'clearRect',
      );
      prototype.clearRect = function (...of) {
        this.canvas.dataset.drawn = `${Number(this.canvas.dataset.drawn ?? 0) + 1}`;
        Reflect.apply(clear, this, of);
      };
    });
    await page.locator('.tile', { hasText: 'sw-access-3' }).click();
    await page.getByText('Ports by use').waitFor();
    // Also what observers of sizes do once a page has been laid out.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    const charts = page.locator('netmon-dashboard canvas');
    const drawn = await charts.evaluateAll((all) =>
      all.map((one) => (one as HTMLCanvasElement).dataset.drawn),
    );
    assert.deepEqual(
      drawn,
      drawn.map(() => '1'),
    );
    assert.ok(drawn.length > 1);
  });

  it('asks for another period and comparison', async () => {
    await page.getByLabel('Period').selectOption('Last 7 days');
    await page.getByLabel('Compare with').selectOption('with the week before');
    await until(() => asked.length === 3);
    assert.deepEqual(asked.slice(1), [
      { page: 'overview', period: '7d', compare: 'none' },
      { page: 'overview', period: '7d', compare: 'last-week' },
    ]);
  });

  it('finds a device by keys alone', async () => {
    const field = page.getByRole('combobox', { name: 'Find a device' });
    await field.fill('acc 3');
    await field.press('Enter');
    await page.getByText('Ports by use').waitFor();
    assert.equal(await title(), 'sw-access-3');
  });

  it('sorts the ports of a device by their numbers', async () => {
    await open({ query: queryOf(device) });
    await page.getByText('Ports by use').waitFor();
    const table = page.getByRole('table', { name: 'Ports by use' });
    const column = (name: string) => table.getByRole('columnheader', { name, exact: true });
    const firsts = async (at: number) =>
      (await table.locator(`tbody tr td:nth-child(${at})`).allTextContents()).slice(0, 3);
    assert.equal(await column('Utilization').getAttribute('aria-sort'), 'descending');
    assert.deepEqual(await firsts(3), ['87 %', '44 %', '41 %']);
    await column('In').getByRole('button').click();
    assert.deepEqual(await firsts(4), ['8.7 Gbit/s', '440 Mbit/s', '88 Mbit/s']);
    await column('In').getByRole('button').click();
    assert.equal(await column('In').getAttribute('aria-sort'), 'ascending');
    assert.deepEqual(await firsts(4), ['0 bit/s', '3 Mbit/s', '5 Mbit/s']);
    // Newer data leave the order as the user chose it.
    await give({ ...device, time: samples.now + 10_000 });
    assert.deepEqual(await firsts(4), ['0 bit/s', '3 Mbit/s', '5 Mbit/s']);
  });

  it('tells the values of a chart under the cursor, and by keys', async () => {
    const plot = page.locator('.plot');
    await plot.hover({ position: { x: 300, y: 80 } });
    const tip = page.locator('.tip');
    await tip.waitFor();
    assert.match(
      (await tip.textContent())!,
      /^2026-11-2\d \d\d:\d\din\d+ Mbit\/sout[\d.]+ Mbit\/s$/,
    );
    await page.mouse.move(0, 0);
    await tip.waitFor({ state: 'detached' });
    await plot.focus();
    await plot.press('ArrowLeft');
    await plot.press('ArrowLeft');
    await page.locator('.chart output', { hasText: 'Mbit/s' }).waitFor({ state: 'attached' });
    assert.match(
      (await plot.getAttribute('aria-label'))!,
      /^router wan\. in: last 496 Mbit\/s, mean/,
    );
  });

  it('says new alerts to those who do not see them', async () => {
    await page.getByText('Needs attention').waitFor();
    const told = page.locator('netmon-dashboard [role=status]');
    assert.equal(await told.textContent(), '');
    const more = { ...samples.alerts[0]!, fingerprint: 'new', summary: 'fw-1 does not answer' };
    await give({ ...overview, attention: [more, ...samples.alerts] });
    assert.equal(await told.textContent(), 'New alert: fw-1 does not answer');
  });

  it('asks nothing while the window is hidden', async () => {
    await page.getByText('Needs attention').waitFor();
    const hide = (isHidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { value, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, isHidden);
    await hide(true);
    await page.getByLabel('Period').selectOption('Last hour');
    assert.equal(asked.length, 1);
    await hide(false);
    await until(() => asked.length === 2);
    assert.deepEqual(asked.slice(1), [{ page: 'overview', period: '1h', compare: 'none' }]);
  });

  it('is light or dark as the system is, until somebody switches', async () => {
    const background = () =>
      page
        .locator('netmon-dashboard .page')
        .evaluate((one) => getComputedStyle(one).backgroundColor);
    assert.equal(await background(), 'rgb(243, 245, 247)');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('netmon-dashboard[data-theme=dark]').waitFor();
    assert.equal(await background(), 'rgb(14, 19, 24)');
    await page.getByRole('button', { name: 'Light colors' }).click();
    assert.equal(await background(), 'rgb(243, 245, 247)');
    await page.getByRole('button', { name: 'Dark colors' }).click();
    await page.emulateMedia({ colorScheme: 'light' });
    // A choice that was as the system had it follows the system again.
    await page.locator('netmon-dashboard[data-theme=light]').waitFor();
    assert.equal(await background(), 'rgb(243, 245, 247)');
  });

  it('speaks the language around it', async () => {
    await open({ html: '<div lang="de"><netmon-dashboard></netmon-dashboard></div>' });
    await page.getByText('Braucht Aufmerksamkeit').waitFor();
    assert.equal(await title(), '◆1 Gerät gestört, 2 beeinträchtigt, 1 Prüfung beeinträchtigt');
    const figure = page.locator('.kv', { hasText: 'verfügbar' });
    assert.equal(await figure.textContent(), '99,93 %verfügbar, 30 Tage');
  });

  /** Shows alerts as an alert-manager deals with them. */
  const showManaged = async (width = 1400) => {
    await open({ query: '?netmon=alerts', isAnswered: false, width });
    await give(managed);
    await page.getByText('silenced until').waitFor();
  };

  it('says of each alert how it stands', async () => {
    await showManaged();
    const states = page.locator('td.managed .alert-state');
    const texts = await states.evaluateAll((all) =>
      all.map((one) => Array.from(one.children, (item) => item.textContent).join(' | ')),
    );
    assert.deepEqual(
      texts.map((text) => text.replace(/\d+ min/, 'N min').replace(/\S*\d\d:\d\d/, 'T')),
      [
        'active',
        'acknowledged by Ana, N min ago | “a new disk is ordered”',
        texts[2]!.replace(/\S*\d\d:\d\d/, 'T'),
        'unreachable, because sw-core-1 is down',
        'withheld because of: Te1/0/1 (uplink) on sw-access-3 is 87 % used, limit 80 %',
        'in maintenance: Sunday updates | flapping',
      ],
    );
    assert.equal(await title(), '◆1 critical, 1 acknowledged, 4 withheld');
  });

  it('acknowledges an alert by keys alone, and knows the name the next time', async () => {
    await showManaged(390);
    const [{ summary, fingerprint }] = managed.active as [(typeof managed.active)[number]];
    const opener = page.getByRole('button', { name: `Acknowledge: ${summary}` }).first();
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Ann');
    await page.keyboard.press('Tab');
    await page.keyboard.type('on my way');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
    assert.deepEqual(await seriousFindings(page), []);
    await page.keyboard.press('Enter');
    await until(() => commands.length > 0);
    const payload = { fingerprint, by: 'Ann', comment: 'on my way' };
    assert.deepEqual(commands, [{ command: 'acknowledge', payload }]);
    await page.getByText('Sent').waitFor();
    const { active } = managed;
    const acknowledged = { by: 'Ann', comment: '', at: managed.time };
    const seen = { ...active[0]!, status: { ...active[0]!.status!, acknowledged } };
    await give({ ...managed, active: [seen, ...active.slice(1)] });
    await page.getByText('acknowledged by Ann').waitFor();
    await page.getByText('Sent').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Silence: ' }).first().click();
    assert.equal(await page.getByLabel('Your name').inputValue(), 'Ann');
    await page.keyboard.press('Escape');
    await page.getByLabel('Your name').waitFor({ state: 'detached' });
    assert.deepEqual(errors, []);
  });

  it('silences one alert for a time, and takes back what was done', async () => {
    await showManaged();
    const row = (number: number) => page.locator('tbody tr').nth(number);
    await row(0).getByRole('button', { name: 'Silence: ' }).click();
    await page.getByLabel('Your name').fill('Ann');
    await page.getByLabel('For').selectOption('1 week');
    await row(0).locator('button[type=submit]').click();
    await row(1).getByRole('button', { name: 'Take back: ' }).click();
    await row(2).getByRole('button', { name: 'End silence: ' }).click();
    await until(() => commands.length === 3);
    assert.deepEqual(commands, [
      {
        command: 'silence',
        payload: {
          matchers: [
            { name: 'alertname', value: 'Device down' },
            { name: 'device', value: 'sw-cellar' },
          ],
          ...{ duration: 7 * 86_400, createdBy: 'Ann', comment: '' },
        },
      },
      { command: 'unacknowledge', payload: { fingerprint: 'm1' } },
      { command: 'expire', payload: { id: 's1' } },
    ]);
  });

  it('has no buttons without an alert-manager', async () => {
    await open({ query: '?netmon=alerts' });
    await page.getByText('Active alerts').waitFor();
    assert.equal(await page.locator('.act, .alert-state').count(), 0);
  });

  it('has no links and controls on the status page', async () => {
    await open({ html: '<netmon-dashboard view="status"></netmon-dashboard>' });
    await page.getByText('Example Ltd').waitFor();
    assert.deepEqual(asked, [{ page: 'status', period: '24h', compare: 'none' }]);
    const inside = page.locator('netmon-dashboard');
    assert.equal(await inside.locator('a, select, input, .theme').count(), 0);
  });

  it('leads from the configurations to versions of one, and compares any two', async () => {
    await open({ query: '?netmon=configurations' });
    await page.getByRole('link', { name: 'sw-core-1' }).click();
    await page.getByRole('table', { name: '2026-11-26 21:47 to 2026-11-28 04:47' }).waitFor();
    const { line, shown, versions } = configuration;
    const [, , third] = versions;
    await page.getByLabel('compared with').selectOption({ label: '2026-11-25 14:47' });
    const wanted = { page: 'configuration', device: line.device, version: shown.id };
    await until(() => asked.length === 3);
    assert.deepEqual(asked.at(-1), {
      ...{ ...wanted, before: third!.id },
      ...{ period: '24h', compare: 'none' },
    });
    // One below the other, then beside each other.
    const cells = page.locator('.diff tbody').first().locator('tr').nth(2).locator('td');
    assert.deepEqual(await cells.allTextContents(), ['43', '', '−removed: description printer-1']);
    await page.getByRole('button', { name: 'Side by side' }).click();
    assert.deepEqual(await cells.allTextContents(), [
      ...['43', '−removed: description printer-1', '43'],
      '+added: description printer-2, moved to the hall because the attic is too warm for it in summer',
    ]);
    assert.deepEqual(errors, []);
  });

  it('finds a text in all configurations, and saves one as a file', async () => {
    await open({ query: '?netmon=configurations' });
    await page.getByRole('searchbox', { name: 'Find in all configurations' }).fill(' snmp/server ');
    await page.getByLabel('regular expression').check();
    await page.keyboard.press('Enter');
    await page.getByText('Found in 1 device, perhaps in more').waitFor();
    assert.deepEqual(asked.at(-1), {
      ...{ page: 'configurations', search: 'snmp/server', isExpression: true },
      ...{ period: '24h', compare: 'none' },
    });
    await page.getByRole('link', { name: 'sw-core-1' }).first().click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    assert.equal(file.suggestedFilename(), 'sw-core-1 2026-11-17 2047.txt');
    assert.equal(await readFile(await file.path(), 'utf8'), wholeConfiguration.text);
  });

  it('leads to no configurations where none are kept', async () => {
    await open({ isAnswered: false });
    await give({ ...overview, hasConfigurations: false });
    await page.getByRole('link', { name: 'Alerts', exact: true }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Configurations' }).count(), 0);
  });

  it('leads from an alert to what changed, and from there to spans and devices', async () => {
    await open({ query: queryOf(alertsPage) });
    const suspects = page.getByRole('list', { name: 'What changed at that time' });
    await suspects.first().waitFor();
    assert.deepEqual(await suspects.first().locator('li').allTextContents(), [
      'Incoming traffic of nas-2 eth0 rose 4 times (12 Mbit/s → 48 Mbit/s), 2 min before',
      'cam-4 fell silent (6 series), 45 s after',
    ]);
    await page.getByRole('link', { name: 'What changed? sw-cellar does not answer' }).click();
    await page.getByText('What happened').waitFor();
    const chosen = { period: alertsPage.period, compare: alertsPage.compare };
    assert.deepEqual(asked.at(-1), { page: 'changes', alert: 'f1', ...chosen });
    assert.match((await title())!, /Utilization of Gi1\/0\/24 is 93 %/);
    await page.getByText('The alert’s own series is not kept').waitFor();
    // There is no period to choose but those of its own.
    assert.equal(await page.getByLabel('Time range').count(), 0);
    await page.getByRole('link', { name: 'Last 6 hours' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('.spans [aria-current]', { hasText: 'Last 6 hours' }).waitFor();
    assert.deepEqual(asked.at(-1), { page: 'changes', span: '6h', ...chosen });
    const lines = page.locator('.changes li');
    assert.equal(await lines.count(), 4);
    assert.equal(
      await lines.first().locator('a').textContent(),
      'Incoming traffic of core-1 Gi1/0/24 rose 4 times (12 Mbit/s → 48 Mbit/s)',
    );
    assert.equal(await lines.nth(1).locator('a').textContent(), 'core-1 Gi1/0/23 went down');
    assert.deepEqual(await page.locator('.events li span:last-child').allTextContents(), [
      'Configuration of core-1 changed by admin (+3 −1)',
      'core-1 Gi1/0/23 lost its link',
      'Utilization of Gi1/0/24 is 93 %, above 80 %',
      'nas restarted',
      'printer-3 is new',
    ]);
    await page.getByRole('link', { name: /^Configuration of core-1/ }).click();
    await until(() => asked.at(-1)?.page === 'configuration');
    assert.deepEqual(asked.at(-1), {
      ...{ page: 'configuration', device: 'core-1', version: 17, ...chosen },
    });
    assert.deepEqual(errors, []);
  });

  it('says why there is nothing that changed', async () => {
    const reasons: [object, string][] = [
      [{}, 'No series moved more than by chance.'],
      [{ compared: 0 }, 'Nothing is kept of the time before, from 2026-11-28 09:05 on'],
      [{ series: 0, compared: 0 }, 'Nothing is kept of that time.'],
      [{ hasHistory: false, compared: 0 }, 'Without a history there is nothing to compare.'],
      [{ problem: 'The disk is full' }, 'The disk is full'],
    ];
    await open({ query: queryOf(changesNone), isAnswered: false });
    for (const [more, text] of reasons) {
      await give({ ...changesNone, ...more });
      await page.getByText(text).waitFor();
    }
  });

  it('leads from a port to its traffic, and from a talker to what it did', async () => {
    await open({ query: queryOf(portPage) });
    await page.getByRole('link', { name: 'All traffic of this port' }).click();
    await page.getByText('Who sends to whom').first().waitFor();
    const chosen = { period: '24h', compare: 'yesterday' };
    const port = { device: portPage.port.device, interface: portPage.port.name };
    assert.deepEqual(asked.at(-1), { page: 'traffic', ...port, ...chosen });
    await page.getByRole('link', { name: 'cam-4' }).first().click();
    await page.getByText('Traffic over time').waitFor();
    assert.deepEqual(asked.at(-1), { page: 'traffic', ...port, address: 'cam-4', ...chosen });
    assert.equal(await title(), `cam-4 at ${port.device} · ${port.interface}`);
    await page.getByRole('button', { name: 'All traffic, now' }).click();
    await page.getByText('Who sends to whom').first().waitFor();
    await page.getByLabel('Interface').selectOption('All interfaces');
    await until(() => asked.length === 5);
    assert.deepEqual(asked.at(-1), { page: 'traffic', device: port.device, ...chosen });
    assert.deepEqual(errors, []);
  });

  it('asks what an address did at a time', async () => {
    await open({ query: '?netmon=traffic' });
    await page.getByLabel('Address or name').fill(' 10.0.0.7 ');
    await page.getByLabel('Around').fill('2026-11-27T20:00');
    await page.keyboard.press('Enter');
    await page.getByText('Traffic over time').waitFor();
    assert.deepEqual(asked.at(-1), {
      ...{ page: 'traffic', device: 'router', address: '10.0.0.7' },
      ...{ at: Date.UTC(2026, 10, 27, 20), period: '1h', compare: 'none' },
    });
    const peers = page.getByRole('table', { name: 'Conversations' }).locator('tbody tr').first();
    assert.deepEqual(await peers.locator('td').allTextContents(), [
      ...['203.0.113.80', '8 Mbit/s', '66 Mbit/s'],
    ]);
    assert.equal(await page.getByLabel('Compare with').count(), 0);
  });

  it('tells each part of stacked traffic by itself, and shares in a table', async () => {
    await open({ query: '?netmon=traffic' });
    const plot = page.locator('.plot').first();
    await plot.focus();
    await plot.press('ArrowLeft');
    await page.locator('.chart output', { hasText: 'tcp' }).first().waitFor({ state: 'attached' });
    const told = await page.locator('.chart output').first().textContent();
    const { lines } = traffic.parts[0]!.chart!;
    const last = (name: string) => lines.find((one) => one.name === name)!.values.at(-1)! / 1e6;
    assert.match(
      told!.replaceAll('\u00a0', ' '),
      /tcp [\d.]+ Mbit\/s, udp [\d.]+ Mbit\/s, .*others/,
    );
    const [, tcp, udp] = /tcp ([\d.]+).*udp ([\d.]+)/.exec(told!)!;
    assert.ok(Math.abs(Number(tcp) - last('tcp')) < 1, told!);
    assert.ok(Math.abs(Number(udp) - last('udp')) < 1, told!);
    // Its counts were sampled.
    const figure = page.locator('.kv', { hasText: 'mean' });
    assert.match((await figure.textContent())!, /^≈ 412.Mbit\/s/);
    await page.getByText('one of 512 packets stands for all').waitFor();
    const row = page.getByRole('table', { name: 'Protocols' }).locator('tbody tr').first();
    assert.match((await row.textContent())!, /^tcp71.%293.Mbit\/s$/);
  });

  it('leads to traffic only where flows were told of', async () => {
    await open({ isAnswered: false });
    await give({ ...overview, hasTraffic: false });
    await page.getByRole('link', { name: 'Alerts', exact: true }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Traffic' }).count(), 0);
  });

  for (const [name, text] of Object.entries(samples.hostile)) {
    it(`takes ${name} as text, and nothing is wider than the page`, async () => {
      const [worst, worstDevice, worstList, worstConfiguration, worstTraffic] =
        samples.harmful(text);
      for (const [data, width] of [
        [worst, 1400],
        [worst, 390],
        [worstDevice, 800],
        [worstList, 390],
        [worstConfiguration, 800],
        [worstTraffic, 1400],
        [worstTraffic, 390],
      ] as const) {
        await open({ query: queryOf(data), width, isAnswered: false });
        await give(data);
        await heading(page).waitFor();
        await page.getByRole('combobox', { name: 'Find a device' }).click();
        const seen = await page.evaluate(() => ({
          harmed: 'harmed' in window,
          tooWide: document.documentElement.scrollWidth - innerWidth,
          foreign: document
            .querySelector('netmon-dashboard')!
            .shadowRoot!.querySelectorAll('img, script, iframe').length,
        }));
        assert.deepEqual(seen, { harmed: false, tooWide: 0, foreign: 0 });
        assert.deepEqual(errors, []);
      }
    });
  }

  for (const [name, data] of Object.entries(pages)) {
    it(`shows ${name} at every width, in light and dark, so that all can use it`, async () => {
      const view = name === 'status' ? ' view="status"' : '';
      const html = `<netmon-dashboard${view}></netmon-dashboard>`;
      for (const [colorScheme, widths] of looks) {
        await open({ query: queryOf(data), colorScheme, html });
        await give(data);
        await heading(page).waitFor();
        for (const width of widths) {
          await page.setViewportSize({ width, height: 900 });
          // A chart takes a new width a moment later.
          await page.waitForFunction(() => document.documentElement.scrollWidth === innerWidth);
        }
        assert.deepEqual(await seriousFindings(page), [], colorScheme);
        assert.deepEqual(errors, []);
      }
    });
  }
});
