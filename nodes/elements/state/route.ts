import {
  changeSpans,
  type ChangesRequest,
  type Comparison,
  comparisons,
  type PageRequest,
  type Period,
  periods,
  type TrafficRequest,
} from '../../contract/pages.ts';

/** Which page is shown. */
export type Route =
  | { page: 'overview' | 'checks' | 'alerts' | 'devices' | 'status' }
  | { page: 'configurations'; search?: string; isExpression?: boolean }
  | { page: 'configuration'; device: string; version?: number; before?: number; isWhole?: boolean }
  | { page: 'device'; device: string }
  | { page: 'port'; device: string; interface: string }
  | TrafficRequest
  | ChangesRequest;

/** What is shown, as it is kept over a reload. */
export interface Shown {
  route: Route;
  period: Period;
  compare: Comparison;
}

/** The pages that have no more to them than their name. */
export const plainPages = ['overview', 'devices', 'checks', 'alerts'] as const;
/** What is shown to somebody who comes for the first time. */
export const first: Shown = { route: { page: 'overview' }, period: '24h', compare: 'none' };

/** The request for what is shown. */
export function requestFor({ route, period, compare }: Shown): PageRequest {
  return { ...route, period, compare };
}

/**
 * A route as a text for an address: `device/core-1`, `port/core-1/Gi1%2F0%2F1`, `configurations/text/vlan`,
 * `configuration/core-1/17` (a version), `configuration/core-1/17/12` (with what it is compared with),
 * `configuration/core-1/17/whole`, `changes/6h`, `changes/alert/1a2b3c`, `traffic/device/gw/interface/wan/address/10.0.0.7/at/1795874700000`.
 */
export function pathOf(route: Route): string {
  const parts: string[] = [route.page];
  if (route.page === 'traffic') {
    return [...parts, ...trafficParts(route)].map(encodeURIComponent).join('/');
  }
  if (route.page === 'configurations' && route.search) {
    parts.push(route.isExpression ? 'expression' : 'text', route.search);
  }
  if (route.page === 'changes') {
    if (route.alert !== undefined) parts.push('alert', route.alert);
    else if (route.span !== undefined) parts.push(route.span);
  }
  if ('device' in route) parts.push(route.device);
  if ('interface' in route) parts.push(route.interface);
  if (route.page === 'configuration' && route.version !== undefined) {
    parts.push(String(route.version));
    if (route.isWhole) parts.push('whole');
    else if (route.before !== undefined) parts.push(String(route.before));
  }
  return parts.map(encodeURIComponent).join('/');
}

/** The route of such a text; undefined where it is none. */
export function routeOf(path: string): Route | undefined {
  const parts = path.split('/').map(decoded);
  const [page, device, port] = parts;
  const plain = plainPages.find((name) => name === page);
  if (plain !== undefined && parts.length === 1) return { page: plain };
  if (page === 'configurations') return listOf(parts);
  if (page === 'configuration' && device) return versionOf(device, parts);
  if (page === 'traffic') return trafficOf(parts.slice(1));
  if (page === 'changes') return changesOf(parts.slice(1));
  if (page === 'device' && device && parts.length === 2) return { page, device };
  if (page === 'port' && device && port && parts.length === 3) {
    return { page, device, interface: port };
  }
  return undefined;
}

function trafficParts({ device, interface: name, address, at }: TrafficRequest): string[] {
  return Object.entries({ device, interface: name, address, at }).flatMap(([key, value]) =>
    value === undefined ? [] : [key, String(value)],
  );
}

function trafficOf(parts: readonly string[]): Route | undefined {
  const route: TrafficRequest = { page: 'traffic' };
  for (let i = 0; i < parts.length; i += 2) {
    const [key, value] = [parts[i], parts[i + 1]];
    if (!value) return undefined;
    if (key === 'at' && /^\d{1,15}$/.test(value)) route.at = Number(value);
    else if (key === 'device' || key === 'interface' || key === 'address') route[key] = value;
    else return undefined;
  }
  return route;
}

function changesOf([first, alert, ...more]: readonly string[]): Route | undefined {
  if (first === undefined) return { page: 'changes' };
  if (first === 'alert') return alert && more.length === 0 ? { page: 'changes', alert } : undefined;
  const span = changeSpans.find((one) => one === first);
  return span && alert === undefined ? { page: 'changes', span } : undefined;
}

function listOf([page, kind, search, ...more]: readonly string[]): Route | undefined {
  if (page !== 'configurations' || more.length > 0) return undefined;
  if (kind === undefined) return { page };
  if (!search || (kind !== 'text' && kind !== 'expression')) return undefined;
  return { page, search, isExpression: kind === 'expression' };
}

function versionOf(device: string, parts: readonly string[]): Route | undefined {
  const [page, , version, before, ...more] = parts;
  if (page !== 'configuration' || more.length > 0) return undefined;
  if (version === undefined) return { page, device };
  if (!/^\d{1,15}$/.test(version)) return undefined;
  const shown = { page, device, version: Number(version) } as const;
  if (before === undefined) return shown;
  if (before === 'whole') return { ...shown, isWhole: true };
  return /^\d{1,15}$/.test(before) ? { ...shown, before: Number(before) } : undefined;
}

/** The same query of an address with what is shown in it; what is as for a newcomer is left out. */
export function queryWith(search: string, { route, period, compare }: Shown): string {
  const query = new URLSearchParams(search);
  const set = (name: string, value: string, usual: string) => {
    if (value === usual) query.delete(name);
    else query.set(name, value);
  };
  set('netmon', pathOf(route), first.route.page);
  set('period', period, first.period);
  set('compare', compare, first.compare);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** What a query says of what is shown; `otherwise` where it says nothing. */
export function shownIn(search: string, otherwise: Shown): Shown {
  const query = new URLSearchParams(search);
  const route = routeOf(query.get('netmon') ?? '');
  const period = periods.find((one) => one === query.get('period'));
  const compare = comparisons.find((one) => one === query.get('compare'));
  // A link tells everything: what it leaves out is as for a newcomer.
  const base = route ? first : otherwise;
  return {
    route: route ?? base.route,
    period: period ?? base.period,
    compare: compare ?? base.compare,
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
