import { severities } from '../contract/alert.ts';
import * as check from '../shared/check.ts';
import { toAlert } from '../shared/messages/read-alert.ts';
import { FieldProblem } from '../shared/problem.ts';
import type { KeptSecret } from './alert-links.ts';
import type { AlertManager, AlertsState, KeptAlert } from './alert-manager.ts';
import {
  checkConfiguration,
  type Configuration,
  type ConfigurationInput,
} from './configuration.ts';
import type { GroupState } from './dispatcher.ts';
import type { Acknowledgement } from './managed-alert.ts';
import type { Moment } from './moment.ts';
import type { NeighborsState } from './neighbors.ts';
import type { NoticesState, Told } from './notices.ts';
import { checkSilence, type Silence } from './silence.ts';
import type { SuppressionsState } from './suppressions.ts';

/**
 * What a restart must not lose, as it stands in the state file. Its times are on the monotonic clock of the run that
 * kept it, and mean something only beside `now`.
 */
export interface State extends AlertsState, KeptSecret {
  version: 1;
  /** when it was kept, on that clock and in ms since the Unix epoch */
  now: number;
  date: number;
  /** differs for each start of the process; a deploy is within one */
  run: string;
  /** the configuration of the dialog when this was kept */
  table: ConfigurationInput;
  /** the one in force: that of the dialog, or of a message */
  configuration: ConfigurationInput;
}

/** alerts between two yields */
const stretch = 32;

/** What is to be kept of a manager, as it is `at` now in a run of the process. */
export function encode(
  manager: AlertManager,
  table: ConfigurationInput,
  at: Moment,
  run: string,
): State {
  return {
    version: 1,
    ...at,
    run,
    table,
    configuration: manager.configuration.input,
    ...manager.state(at),
  };
}

/** The JSON of a state, in steps that may be interrupted: ten thousand alerts take many ms. */
export function* jsonOf({ alerts, ...rest }: State): Generator<void, string> {
  const texts: string[] = [];
  for (const alert of alerts) {
    if (texts.push(JSON.stringify(alert)) % stretch === 0) yield;
  }
  return `{"alerts":[${texts.join(',')}],${JSON.stringify(rest).slice(1)}`;
}

/**
 * Takes a state file's content; what is damaged in a single alert, group or silence costs only that one. Throws a
 * FieldProblem where it is none.
 * @param problems takes what was left out
 */
export function decode(value: unknown, problems: Error[] = []): State {
  const raw = check.object('state', value);
  if (raw.version !== 1) throw new FieldProblem('version', 'oneOf', raw.version, { words: '1' });
  const each = <Item>(name: string, take: (where: string, item: unknown) => Item): Item[] =>
    check.array(name, raw[name]).flatMap((item, i) => {
      try {
        return [take(check.join(name, i), item)];
      } catch (error) {
        problems.push(error as Error);
        return [];
      }
    });
  return {
    version: 1,
    now: check.number('now', raw.now),
    date: check.number('date', raw.date),
    run: typeof raw.run === 'string' ? raw.run : '',
    table: check.object('table', raw.table) as unknown as ConfigurationInput,
    configuration: checkConfiguration('configuration', raw.configuration, problems).input,
    ...(typeof raw.linkSecret === 'string' && { linkSecret: raw.linkSecret }),
    ...(typeof raw.sealedLinkSecret === 'string' && { sealedLinkSecret: raw.sealedLinkSecret }),
    alerts: each('alerts', toKeptAlert),
    groups: each('groups', toGroup),
    silences: each('silences', toSilence),
    suppressions: toSuppressions('suppressions', raw.suppressions),
  };
}

/**
 * Has a manager go on where a state ended. Over a restart, time went on: what was to be told meanwhile is told now.
 */
export function restore(manager: AlertManager, state: State, at: Moment, run: string): void {
  // Within one run the monotonic clock is the same; else only the time of day tells how long it was.
  const passed = Math.max(0, at.date - state.date);
  const shift = run === state.run ? 0 : at.now - passed - state.now;
  manager.restore(state, shift, at);
}

/** The configuration to be in force: the dialog's, or that of a message which came since the dialog changed. */
export function configurationOf(state: State, table: Configuration): Configuration {
  const isOfTable = JSON.stringify(state.table) !== JSON.stringify(table.input);
  return isOfTable ? table : checkConfiguration('', state.configuration, []);
}

function toKeptAlert(where: string, item: unknown): KeptAlert {
  const raw = check.object(where, item);
  const at = (name: string) => check.join(where, name);
  return {
    alert: toAlert(at('alert'), raw.alert),
    ...(typeof raw.source === 'string' && { source: raw.source }),
    firedAt: check.number(at('firedAt'), raw.firedAt),
    ...(raw.acknowledged !== undefined && {
      acknowledged: toAcknowledgement(at('acknowledged'), raw.acknowledged),
    }),
    changes: numbers(at('changes'), raw.changes),
    isFlapping: raw.isFlapping === true,
  };
}

function toAcknowledgement(where: string, value: unknown): Acknowledgement {
  const { by, comment, at, severity } = check.object(where, value);
  return {
    by: check.text(`${where}.by`, by),
    comment: typeof comment === 'string' ? comment : '',
    at: check.number(`${where}.at`, at),
    severity: check.oneOf(`${where}.severity`, severity, severities),
  };
}

function toGroup(where: string, item: unknown): GroupState {
  const raw = check.object(where, item);
  const at = (name: string) => check.join(where, name);
  const delivery = check.object(at('delivery'), raw.delivery);
  const number = (name: string) => check.number(`${at('delivery')}.${name}`, delivery[name]);
  if (typeof raw.route !== 'string') throw new FieldProblem(at('route'), 'text', raw.route);
  return {
    key: check.text(at('key'), raw.key, { max: Infinity }),
    route: raw.route,
    labels: check.labels(at('labels'), raw.labels),
    delivery: {
      receiver: check.text(`${at('delivery')}.receiver`, delivery.receiver),
      groupBy: check.array(`${at('delivery')}.groupBy`, delivery.groupBy).map(String),
      groupWait: number('groupWait'),
      groupInterval: number('groupInterval'),
      repeatInterval: number('repeatInterval'),
      escalateAfter: number('escalateAfter'),
      escalateTo: typeof delivery.escalateTo === 'string' ? delivery.escalateTo : '',
    },
    tickAt: check.number(at('tickAt'), raw.tickAt),
    escalateAt: raw.escalateAt === null ? null : check.number(at('escalateAt'), raw.escalateAt),
    isNew: raw.isNew === true,
    notices: toNotices(at('notices'), raw.notices),
    escalation: toNotices(at('escalation'), raw.escalation),
  };
}

function toNotices(where: string, value: unknown): NoticesState {
  const { told, lastAt, count } = check.object(where, value);
  return {
    told: pairs(`${where}.told`, told, toTold),
    lastAt: lastAt === null ? null : check.number(`${where}.lastAt`, lastAt),
    count: check.number(`${where}.count`, count, { min: 0, integer: true }),
  };
}

function toTold(where: string, value: unknown): Told {
  const { severity, isFlapping, at, alert } = check.object(where, value);
  return {
    severity: check.oneOf(`${where}.severity`, severity, severities),
    isFlapping: isFlapping === true,
    at: check.number(`${where}.at`, at),
    alert: toAlert(`${where}.alert`, alert),
  };
}

function toSilence(where: string, item: unknown): Silence {
  // It may have ended since.
  return checkSilence(where, item, -Infinity, () => '');
}

function toSuppressions(where: string, value: unknown): SuppressionsState {
  const { topology, neighbors, maintained, devices } = check.object(where, value);
  const { learned, known, cut } = check.object(`${where}.topology`, topology);
  const time = (at: string, name: string, given: unknown) =>
    given === undefined ? {} : { [name]: check.number(`${at}.${name}`, given) };
  return {
    topology: {
      learned: pairs(`${where}.learned`, learned, (at, parents) =>
        check.array(at, parents).map(String),
      ),
      known: pairs(`${where}.known`, known, (at, one) => {
        const raw = check.object(at, one);
        return {
          isDown: raw.isDown === true,
          at: check.number(`${at}.at`, raw.at),
          ...time(at, 'readAt', raw.readAt),
        };
      }),
      cut: pairs(`${where}.cut`, cut, (at, one) => {
        const { since, backAt } = check.object(at, one);
        return { since: check.number(`${at}.since`, since), ...time(at, 'backAt', backAt) };
      }),
    },
    neighbors: toNeighbors(`${where}.neighbors`, neighbors),
    devices: check
      .array(`${where}.devices`, devices)
      .map((labels, i) => check.labels(`${where}.devices[${i}]`, labels)),
    maintained: pairs(`${where}.maintained`, maintained, (at, all) =>
      check.array(at, all).map((labels, i) => check.labels(check.join(at, i), labels)),
    ),
  };
}

function toNeighbors(where: string, value: unknown): NeighborsState {
  // An earlier Netmon knew no ports and bridges.
  const { links, names, gateways, ports = [], bridges = [] } = check.object(where, value);
  return {
    links: check.array(`${where}.links`, links).map((item, i) => {
      const [device, neighbor, heardAt] = check.array(check.join(where, i), item);
      return [String(device), String(neighbor), check.number(check.join(where, i), heardAt)];
    }),
    names: pairs(`${where}.names`, names, (at, device) => check.text(at, device)),
    gateways: check.array(`${where}.gateways`, gateways).map(String),
    ports: check.array(`${where}.ports`, ports).map((item, i) => {
      const [device, port, neighbor] = check.array(check.join(where, i), item);
      return [String(device), String(port), String(neighbor)];
    }),
    bridges: check.array(`${where}.bridges`, bridges).map((item, i) => {
      const at = check.join(where, i);
      const [device, port, neighbor, addresses, heardAt] = check.array(at, item);
      const numbers = [check.number(at, addresses), check.number(at, heardAt)] as const;
      return [String(device), String(port), String(neighbor), ...numbers];
    }),
  };
}

function pairs<Value>(
  where: string,
  value: unknown,
  take: (where: string, value: unknown) => Value,
): [string, Value][] {
  return check.array(where, value).map((item, i) => {
    const at = check.join(where, i);
    const [key, inner] = check.array(at, item);
    return [check.text(at, key, { max: Infinity }), take(at, inner)];
  });
}

function numbers(where: string, value: unknown): number[] {
  return check.array(where, value).map((item, i) => check.number(check.join(where, i), item));
}
