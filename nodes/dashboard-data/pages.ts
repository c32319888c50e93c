import type {
  AlertsPage,
  ChecksPage,
  DeviceLine,
  NoPage,
  Page,
  StatusPage,
} from '../contract/pages.ts';
import { alertLine } from './alert-lines.ts';
import { columnsOf, devicePage, portPage } from './device-page.ts';
import { overviewPage } from './overview.ts';
import type { AskedPage } from './page-request.ts';
import {
  baseOf,
  deviceLine,
  lookAround,
  type Looked,
  type Network,
  timelineOf,
  type View,
} from './view.ts';

/** What a page is made of the state of the network for. */
export type MadeHere = Exclude<
  AskedPage,
  { page: 'configurations' | 'configuration' | 'traffic' | 'changes' }
>;

const mostActive = 500;
/** lines of a time line */
const mostTimed = 50;
/** characters of what was asked for that are said again */
const mostAsked = 200;

/** Makes the page that was asked for, but those of configurations and of traffic; yields after each device. */
export function* makePage(asked: MadeHere, view: View): Generator<void, Page> {
  const network = yield* lookAround(view);
  const { devices } = network;
  switch (asked.page) {
    case 'overview':
      return yield* overviewPage(network, view);
    case 'status':
      return yield* statusPage(network, view);
    case 'alerts':
      return alertsPage(network, view);
    case 'checks':
      return yield* checksPage(network, view);
    case 'devices': {
      const others = devices.filter(({ kind }) => kind !== 'check');
      const lines = yield* each(others, (looked) => ({
        ...deviceLine(looked, view),
        ...columnsOf(looked, view),
      }));
      return { ...baseOf(view, devices), page: 'devices', lines };
    }
    case 'device':
    case 'port': {
      const base = baseOf(view, devices);
      const looked = devices.find(({ record }) => record.name === asked.device);
      if (looked && asked.page === 'device') return yield* devicePage(base, looked, view);
      if (asked.page === 'device') return { ...base, ...noPage(asked.device) };
      const page = looked && portPage(base, looked, asked.interface, view);
      return page ?? { ...base, ...noPage(`${asked.device} ${asked.interface}`) };
    }
  }
}

/** What is answered where nothing is known of what was asked for, but the base. @param asked as people read it */
export function noPage(asked: string): Pick<NoPage, 'page' | 'asked'> {
  return {
    page: 'none',
    asked: asked.length > mostAsked ? `${asked.slice(0, mostAsked)}…` : asked,
  };
}

function alertsPage({ devices }: Network, view: View): AlertsPage {
  const { active, ended } = view.state.alerts;
  return {
    ...{ ...baseOf(view, devices), page: 'alerts' },
    active: active.slice(0, mostActive).map((one) => alertLine(one, view)),
    ended: ended.map((one) => alertLine(one, view)),
    timeline: timelineOf(view, mostTimed),
  };
}

function* checksPage({ devices }: Network, view: View): Generator<void, ChecksPage> {
  const checks = devices.filter(({ kind }) => kind === 'check');
  const lines = yield* each(checks, (looked) => deviceLine(looked, view));
  return { ...baseOf(view, devices), page: 'checks', lines };
}

function* each<Line>(
  devices: readonly Looked[],
  line: (looked: Looked) => Line,
): Generator<void, Line[]> {
  const lines: Line[] = [];
  for (const looked of devices) {
    lines.push(line(looked));
    yield;
  }
  return lines;
}

/** An IP address, perhaps with a port: what others need not see. */
const address = /^\[?(\d{1,3}(\.\d{1,3}){3}|[\da-f]*:[\da-f:.]+)\]?(:\d+)?(%\w+)?$/i;

// Titles only: neither what a device is nor why it is down, for both may name addresses.
function* statusPage({ devices }: Network, view: View): Generator<void, StatusPage> {
  const { title, shows } = view.status;
  const shown = devices.filter(({ record, title: own }) => shows(record.name) || shows(own));
  let unnamed = 0;
  const named = shown.map((looked): Looked => {
    const own = looked.title;
    return { ...looked, title: address.test(own) ? view.words.device(++unnamed) : own };
  });
  const lines = yield* each(named, (looked): DeviceLine => {
    const line = deviceLine(looked, view);
    const { kind, state, since, responseTime, packetLoss, availability } = line;
    return {
      ...{ name: looked.title, title: looked.title, kind, state, since },
      ...{ responseTime, packetLoss, ...(availability && { availability }) },
    };
  });
  const base = baseOf(view, named);
  return {
    ...base,
    devices: lines.map(({ name, title: own, state }) => ({ name, title: own, state })),
    ...{ page: 'status', title: title === '' ? view.words.status : title, lines },
  };
}
