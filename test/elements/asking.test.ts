import assert from 'node:assert/strict';
import type { Page, PageRequest } from '../../nodes/contract/pages.ts';
import { Announcer } from '../../nodes/elements/state/announcer.ts';
import { Asking } from '../../nodes/elements/state/asking.ts';
import { checkedPage } from '../../nodes/elements/state/checked-page.ts';
import { first, type Shown } from '../../nodes/elements/state/route.ts';
import { alerts, alertsPage, device, none, overview, portPage, status } from './samples.ts';

class Browser {
  now = 0;
  isHidden = false;
  readonly asked: PageRequest[] = [];
  readonly asking: Asking;
  #shows = 0;
  #tasks: { at: number; task: () => void }[] = [];

  constructor(shown: Shown) {
    this.asking = new Asking({
      now: () => this.now,
      later: (task, ms) => {
        const one = { at: this.now + ms, task };
        this.#tasks.push(one);
        return () => (this.#tasks = this.#tasks.filter((other) => other !== one));
      },
      isHidden: () => this.isHidden,
      newId: () => `me-${++this.#shows}`,
      ask: (request) => this.asked.push(request),
    });
    this.asking.show(shown);
  }

  /** The answer to what was asked last comes. */
  answer(page: Page) {
    return this.asking.take({ ...page, request: this.asked.at(-1)!.request! });
  }

  pass(ms: number) {
    this.now += ms;
    const due = this.#tasks.filter(({ at }) => at <= this.now);
    this.#tasks = this.#tasks.filter(({ at }) => at > this.now);
    for (const { task } of due) task();
  }
}

const onDevice: Shown = {
  route: { page: 'device', device: device.line.name },
  period: '24h',
  compare: 'yesterday',
};

describe('Asking for pages', () => {
  it('asks for what is shown, and shows the answer to it only', () => {
    const { asking, asked } = new Browser(onDevice);
    const request = 'me-1';
    const mine = { ...device, request };
    assert.deepEqual(asked, [{ ...onDevice.route, period: '24h', compare: 'yesterday', request }]);
    assert.equal(asking.take(overview), false);
    assert.equal(asking.take({ ...device, line: { ...device.line, name: 'other' } }), false);
    assert.equal(asking.take({ ...device, request: 'other' }), false);
    assert.equal(asking.page, undefined);
    assert.equal(asking.take(mine), true);
    assert.equal(asking.page, mine);
  });

  it('takes no answer to another browser, nor to what it asked before', () => {
    const browser = new Browser(first);
    const week = { ...overview, period: '7d' } as const;
    browser.pass(10_000);
    assert.equal(browser.asking.take({ ...week, request: 'other' }), false);
    assert.equal(browser.asking.take(week), false);
    // Only what nobody asked for tells of new readings, else two browsers would wake each other for ever.
    assert.equal(browser.asked.length, 2);
    browser.pass(10_000);
    browser.asking.take({ ...week, request: 'other' });
    assert.equal(browser.asked.length, 2);
    browser.asking.show({ ...first, period: '7d' });
    assert.equal(browser.asking.take({ ...overview, request: 'me-1' }), false);
    assert.equal(browser.answer(week), true);
  });

  it('asks again when readings came, but not more often than every three seconds', () => {
    const browser = new Browser(onDevice);
    browser.asking.take(device);
    browser.pass(1000);
    for (let i = 0; i < 5; i++) browser.asking.take(overview);
    assert.equal(browser.asked.length, 1);
    browser.pass(2000);
    assert.equal(browser.asked.length, 2);
    browser.pass(10_000);
    assert.equal(browser.asked.length, 2);
    browser.asking.take(overview);
    assert.equal(browser.asked.length, 3);
    assert.equal(browser.asking.page, device);
  });

  it('takes an overview that comes by itself, of the period that is shown', () => {
    const browser = new Browser(first);
    browser.answer(overview);
    const newer = { ...overview, time: overview.time + 10_000 };
    browser.pass(10_000);
    assert.equal(browser.asking.take(newer), true);
    assert.equal(browser.asked.length, 1);
    browser.asking.show({ ...first, period: '7d' });
    const week = { ...overview, period: '7d' } as const;
    browser.answer(week);
    browser.pass(10_000);
    assert.equal(browser.asking.take(newer), false);
    assert.equal(browser.asking.page?.period, '7d');
    assert.equal(browser.asked.length, 3);
  });

  it('takes an answer of another period from a node that has no past', () => {
    const browser = new Browser({ ...first, period: '30d' });
    const answer = { ...overview, period: '1h', hasHistory: false } as const;
    assert.equal(browser.answer(answer), true);
    browser.pass(60_000);
    assert.equal(browser.asked.length, 1);
  });

  it('asks nothing while nobody looks, and what was due when somebody does', () => {
    const browser = new Browser(onDevice);
    browser.asking.take(device);
    browser.isHidden = true;
    browser.pass(10_000);
    browser.asking.take(overview);
    assert.equal(browser.asked.length, 1);
    browser.isHidden = false;
    browser.asking.seen();
    assert.equal(browser.asked.length, 2);
    browser.asking.seen();
    assert.equal(browser.asked.length, 2);
  });

  it('shows what it has while it asks for another period, and nothing of another page', () => {
    const browser = new Browser(onDevice);
    browser.asking.take(device);
    browser.asking.show({ ...onDevice, period: '7d' });
    assert.equal(browser.asking.page, device);
    browser.asking.show({ ...onDevice, route: { page: 'checks' } });
    assert.equal(browser.asking.page, undefined);
  });

  it('says so when no answer comes and asks again, and asks no more once it is closed', () => {
    const browser = new Browser(onDevice);
    assert.equal(browser.asking.isUnanswered, false);
    browser.pass(16_000);
    assert.equal(browser.asking.isUnanswered, true);
    browser.asking.again();
    browser.asking.again();
    // Asked once more, and still without an answer.
    assert.equal(browser.asked.length, 2);
    assert.equal(browser.asking.isUnanswered, true);
    browser.asking.take(device);
    assert.equal(browser.asking.isUnanswered, false);
    browser.asking.take(overview);
    browser.asking.take(overview);
    browser.asking.close();
    const count = browser.asked.length;
    browser.pass(60_000);
    assert.equal(browser.asked.length, count);
  });

  it('shows that a device is not there, but not that another one is not', () => {
    const browser = new Browser({ ...onDevice, route: { page: 'device', device: 'sw-gone' } });
    assert.equal(browser.asking.take({ ...none, request: 'other' }), false);
    assert.equal(browser.answer(none), true);
  });

  it('takes each status page that comes, of whatever period', () => {
    const { asking } = new Browser({ ...first, route: { page: 'status' } });
    for (const period of ['7d', '7d', '24h'] as const) {
      assert.equal(asking.take({ ...status, period }), true);
    }
  });
});

describe('New alerts', () => {
  it('are told once, and those of the first page not at all', () => {
    const announcer = new Announcer();
    const one = { ...overview, attention: alerts.slice(0, 2) };
    assert.deepEqual(announcer.newIn(one), []);
    assert.deepEqual(announcer.newIn(portPage), []);
    assert.deepEqual(announcer.newIn(overview), [alerts[2]]);
    assert.deepEqual(announcer.newIn(alertsPage), []);
    assert.deepEqual(announcer.newIn(one), []);
    assert.deepEqual(announcer.newIn(overview), [alerts[2]]);
  });
});

describe('A page of a message', () => {
  it('is taken by its shape', () => {
    assert.equal(checkedPage(overview), overview);
    for (const wrong of [null, 7, 'x', [], {}, { page: 'toString', time: 1, devices: [] }]) {
      assert.equal(checkedPage(wrong), undefined);
    }
  });
});
