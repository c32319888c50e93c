import {
  changeSpans,
  comparisons,
  pageNames,
  type PageRequest,
  periods,
  type TrafficRequest,
} from '../contract/pages.ts';
import * as check from '../shared/check.ts';
import { FieldProblem } from '../shared/problem.ts';

/** A {@link PageRequest} with its choices made. */
export type AskedPage = PageRequest & Required<Pick<PageRequest, 'period' | 'compare'>>;

/** characters of a name: a device may give itself a long one */
const longest = 20_000;
const longestSearch = 500;
/** characters by which a browser knows its answers */
const longestRequest = 100;
/** the last time that is one: the year 9999, in ms since the Unix epoch */
const latest = 253_402_300_799_999;

/** Whether a message's payload asks for a page, well or badly: then it is no reading. */
export function asksForPage(payload: unknown, topic: unknown): boolean {
  const isObject = typeof payload === 'object' && payload !== null && !Array.isArray(payload);
  return topic === 'ask' || (isObject && Object.hasOwn(payload, 'page'));
}

/** By what a browser knows the answer to this; undefined where it said nothing that is usable. */
export function requestOf(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const { request } = payload as Record<string, unknown>;
  return typeof request === 'string' && request.length <= longestRequest ? request : undefined;
}

/**
 * Reads what a browser asks for: what is left out is as usual. Throws a FieldProblem.
 * @param usual what is shown where a browser did not choose
 */
export function readPageRequest(
  payload: unknown,
  usual: Pick<AskedPage, 'period' | 'compare'>,
): AskedPage {
  const raw = check.object('page', payload);
  const page = check.oneOf('page', raw.page, pageNames);
  const chosen = {
    period: check.oneOf('period', raw.period ?? usual.period, periods),
    compare: check.oneOf('compare', raw.compare ?? usual.compare, comparisons),
  };
  if (page === 'device') return { ...chosen, page, device: name('device', raw.device) };
  if (page === 'configurations') {
    const search = raw.search === undefined ? '' : sought('search', raw.search);
    return { ...chosen, page, search, isExpression: raw.isExpression === true };
  }
  if (page === 'configuration') {
    const { version, before } = raw;
    return {
      ...{ ...chosen, page, device: name('device', raw.device), isWhole: raw.isWhole === true },
      ...(version !== undefined && { version: id('version', version) }),
      ...(before !== undefined && { before: id('before', before) }),
    };
  }
  if (page === 'traffic') return { ...chosen, ...traffic(raw) };
  if (page === 'changes') {
    const { alert } = raw;
    if (alert !== undefined) return { ...chosen, page, alert: name('alert', alert) };
    return { ...chosen, page, span: check.oneOf('span', raw.span ?? '1h', changeSpans) };
  }
  if (page !== 'port') return { ...chosen, page };
  return {
    ...{ ...chosen, page },
    ...{ device: name('device', raw.device), interface: name('interface', raw.interface) },
  };
}

function traffic(raw: Record<string, unknown>): TrafficRequest {
  const { device, address, at } = raw;
  const sent = (value: unknown) => value !== undefined && value !== '';
  return {
    page: 'traffic',
    ...(sent(device) && { device: name('device', device) }),
    ...(sent(raw.interface) && { interface: name('interface', raw.interface) }),
    ...(sent(address) && { address: sought('address', address).trim() }),
    ...(at !== undefined && { at: check.number('at', at, { min: 0, max: latest }) }),
  };
}

function sought(field: string, value: unknown): string {
  if (typeof value !== 'string') throw new FieldProblem(field, 'text', value);
  if (value.length > longestSearch) {
    throw new FieldProblem(field, 'shorter', value, { max: longestSearch });
  }
  return value;
}

function id(field: string, value: unknown): number {
  return check.number(field, value, { min: 0, integer: true });
}

// Any text may be the name of a device: it is looked up only.
function name(field: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new FieldProblem(field, 'text', value);
  if (value.length > longest) throw new FieldProblem(field, 'shorter', value, { max: longest });
  return value;
}
