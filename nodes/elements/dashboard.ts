// The element <netmon-dashboard>: shows Netmon's pages. Its property `data` takes the pages that the node
// "dashboard data" makes; its event "ask" has a PageRequest for that node, and its event "command" an AlertCommand for
// the node "alert manager". `view="status"` shows the status page.

import { type ComponentChild, h } from 'preact';
import type { AlertCommand, Page, PageRequest, TrafficPage } from '../contract/pages.ts';
import { Alerts } from './pages/alerts.ts';
import { Changes } from './pages/changes.ts';
import { Checks, Status } from './pages/checks.ts';
import { Configuration } from './pages/configuration.ts';
import { Configurations } from './pages/configurations.ts';
import { Device } from './pages/device.ts';
import { Devices } from './pages/devices.ts';
import { None, Waiting } from './pages/none.ts';
import { Overview } from './pages/overview.ts';
import { Port } from './pages/port.ts';
import { Traffic } from './pages/traffic.ts';
import { Bar } from './parts/bar.ts';
import { Announcer } from './state/announcer.ts';
import { Asking } from './state/asking.ts';
import { checkedPage } from './state/checked-page.ts';
import { addressOf, keep, type Place, restored } from './state/kept.ts';
import { first, type Shown } from './state/route.ts';
import { switchTheme } from './theme/choice.ts';
import { tellPage } from './theme/page.ts';
import { dashboardCss } from './theme/style.ts';
import { define, NetmonElement } from './view/element.ts';
import { type Env, EnvContext } from './view/env.ts';
import { deviceText } from './view/text.ts';

/** ms between two drawings while nothing comes, so that "4 s ago" stays true */
const tickMs = 5000;

class NetmonDashboard extends NetmonElement<Page> {
  protected override readonly css = dashboardCss;
  readonly #announcer = new Announcer();
  readonly #asking = new Asking({
    now: () => performance.now(),
    later: (task, ms) => {
      const timer = setTimeout(task, ms);
      return () => clearTimeout(timer);
    },
    isHidden: () => document.hidden,
    // Not randomUUID(), which a page has by HTTPS only.
    newId: () => Math.random().toString(36).slice(2),
    // Whoever listens may do so only once the element is there.
    ask: (request) => setTimeout(() => this.#tell<PageRequest>('ask', request)),
  });
  #shown: Shown = first;
  #told = '';
  /** ms that the clock of the data is ahead of this one */
  #ahead = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #isToFocus = false;
  #devices: Page['devices'] = [];
  #hasConfigurations = false;
  #hasTraffic = false;

  protected override started(): void {
    this.#shown = this.#isStatus ? { ...first, route: { page: 'status' } } : restored(place());
    document.addEventListener('visibilitychange', this.#seen);
    this.#timer = setInterval(() => {
      if (document.hidden) return;
      this.#asking.again();
      this.update();
    }, tickMs);
    this.#asking.show(this.#shown);
  }

  protected override ended(): void {
    document.removeEventListener('visibilitychange', this.#seen);
    clearInterval(this.#timer);
    this.#asking.close();
  }

  protected override checked(data: unknown): Page | undefined {
    return checkedPage(data);
  }

  protected override received(page: Page | undefined): void {
    if (!page) return;
    this.#ahead = page.time - Date.now();
    this.#devices = page.devices;
    this.#hasConfigurations = page.hasConfigurations ?? false;
    this.#hasTraffic = page.hasTraffic ?? false;
    const found = this.#announcer.newIn(page).map(({ summary }) => deviceText(summary));
    if (found.length > 0) {
      this.#told = this.words.t('elements.alerts.new', { alerts: found.slice(0, 3).join('; ') });
    }
    this.#asking.take(page);
  }

  protected override view(): ComponentChild {
    const page = this.#asking.page;
    const isQuiet = this.#isStatus;
    const env: Env = {
      words: this.words,
      theme: this.theme,
      now: Date.now() + this.#ahead,
      isQuiet,
      go: (route, period = this.#shown.period) => this.#go({ ...this.#shown, route, period }),
      hrefOf: (route) => addressOf(place(), { ...this.#shown, route }),
      ...(!isQuiet && { act: (command) => this.#tell<AlertCommand>('command', command) }),
    };
    const shown = this.#shown;
    const bar = h(Bar, {
      shown,
      devices: this.#devices,
      hasHistory: page?.hasHistory ?? true,
      hasConfigurations: this.#hasConfigurations,
      hasTraffic: this.#hasTraffic,
      onPeriod: (period) => this.#go({ ...shown, period }, false),
      onCompare: (compare) => this.#go({ ...shown, compare }, false),
      onTheme: switchTheme,
    });
    const body = page ? pageOf(page) : h(Waiting, { isUnanswered: this.#asking.isUnanswered });
    return h(EnvContext.Provider, {
      value: env,
      children: [
        isQuiet ? null : bar,
        h('div', { class: 'hidden', role: 'status', 'aria-live': 'polite' }, this.#told),
        h('main', { class: 'grid', 'aria-busy': page === undefined }, body),
      ],
    });
  }

  protected override drawn(): void {
    if (!this.#isToFocus || !this.#asking.page) return;
    this.#isToFocus = false;
    this.box.querySelector('h1')?.focus({ preventScroll: true });
    if (this.getBoundingClientRect().top < 0) this.scrollIntoView({ block: 'start' });
  }

  get #isStatus(): boolean {
    return this.getAttribute('view') === 'status';
  }

  readonly #seen = () => {
    if (document.hidden) return;
    this.#asking.seen();
    this.update();
  };

  #go(shown: Shown, isOtherPage = true) {
    this.#shown = shown;
    this.#isToFocus = isOtherPage;
    keep(place(), shown);
    this.#asking.show(shown);
    this.update();
  }

  #tell<Detail>(name: string, detail: Detail) {
    this.dispatchEvent(new CustomEvent<Detail>(name, { detail, bubbles: true, composed: true }));
  }
}

function pageOf(page: Page): ComponentChild {
  switch (page.page) {
    case 'overview':
      return h(Overview, { page });
    case 'devices':
      return h(Devices, { page });
    case 'device':
      // Of another device nothing is kept: not how a table was sorted, and no zoom.
      return h(Device, { page, key: page.line.name });
    case 'port':
      return h(Port, { page, key: `${page.port.device}\n${page.port.name}` });
    case 'checks':
      return h(Checks, { page });
    case 'alerts':
      return h(Alerts, { page });
    case 'changes':
      return h(Changes, { page, key: `${page.alert?.fingerprint} ${page.span}` });
    case 'configurations':
      return h(Configurations, { page, key: page.search?.text ?? '' });
    case 'configuration':
      return h(Configuration, { page, key: page.line.device });
    case 'traffic':
      return h(Traffic, { page, key: trafficKey(page) });
    case 'status':
      return h(Status, { page });
    case 'none':
      return h(None, { page });
  }
}

// What is typed, and a zoom, stays while the same is shown.
function trafficKey({ device, interface: name, search, at }: TrafficPage): string {
  return JSON.stringify([device, name, search?.address, at]);
}

function place(): Place {
  const { location, history } = window;
  return { location, history, storage: storage() };
}

function storage(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    // A page in a frame may not be allowed to keep anything.
    return undefined;
  }
}

tellPage();
define('netmon-dashboard', NetmonDashboard);
