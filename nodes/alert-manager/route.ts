import { type Alert, severities, type Severity } from '../contract/alert.ts';
import * as check from '../shared/check.ts';
import type { LabelFilter } from '../shared/match/label-filter.ts';
import { toLabelFilter } from '../shared/match/parse-filter.ts';
import { FieldProblem } from '../shared/problem.ts';
import { isBlank } from '../shared/text.ts';
import { routingLabels } from './routing-labels.ts';

/** Where alerts go, and how often is told of them. Times are in s, 0 for none. */
export interface Delivery {
  receiver: string;
  /** names of the labels whose alerts are told of together; `...` for all, so that each is told of alone */
  groupBy: readonly string[];
  /** until the first notification of a group */
  groupWait: number;
  /** between notifications of a group in which something changed */
  groupInterval: number;
  /** until a group in which nothing changed is told of again */
  repeatInterval: number;
  /** until alerts that nobody acknowledged are told of at `escalateTo`; 0 for never */
  escalateAfter: number;
  escalateTo: string;
}

/** One row of routes: which alerts take it, and what it does in another way than the others. */
export interface Route {
  /** unique among the routes of a node; part of the key of its groups */
  name: string;
  /** label matchers, as `parseLabels` reads them; also `alertname`, `severity` and `metric` */
  filter: LabelFilter;
  /** the least severity that takes it */
  severity: Severity;
  /** whether the routes after it are looked at as well */
  continue: boolean;
  delivery: Partial<Delivery> & Pick<Delivery, 'receiver'>;
}

/** A route as typed or sent: what is left out has its default, or is as for all routes. */
export type RouteInput = Partial<Omit<Route, 'filter' | 'delivery'>> &
  Partial<Omit<Delivery, 'groupBy'>> & { filter?: string; groupBy?: string | string[] };

export const routeDefaults = {
  filter: '',
  severity: 'info',
  continue: false,
} as const satisfies RouteInput;

export const routeFields = [
  ...(['name', 'filter', 'severity', 'receiver', 'continue', 'groupBy', 'groupWait'] as const),
  ...(['groupInterval', 'repeatInterval', 'escalateAfter', 'escalateTo'] as const),
] satisfies (keyof RouteInput)[];

const maxReceivers = 20;
export const maxRows = 1000;
const week = 7 * 86400;

/** The checks of times, for all routes and for each. */
export const timeChecks = {
  groupWait: (field: string, value: unknown) => check.number(field, value, { min: 0, max: 3600 }),
  groupInterval: (field: string, value: unknown) =>
    check.number(field, value, { min: 1, max: 86400 }),
  repeatInterval: (field: string, value: unknown) =>
    check.number(field, value, { min: 1, max: 5 * week }),
  escalateAfter: (field: string, value: unknown) =>
    check.number(field, value, { min: 0, max: week }),
};

/** Names with commas between, or a list of them. Throws a FieldProblem. */
function names(field: string, value: unknown): string[] {
  const parts = typeof value === 'string' ? value.split(',') : check.array(field, value);
  const found = parts.map((part) => (typeof part === 'string' ? part.trim() : part));
  return found
    .filter((part) => part !== '')
    .map((part, i) =>
      check.text(typeof value === 'string' ? field : check.join(field, i), part, { max: 100 }),
    );
}

/** The names of receivers, each of which is an output. Throws a FieldProblem. */
export function checkReceivers(field: string, value: unknown): string[] {
  const found = names(field, value);
  if (found.length === 0) throw new FieldProblem(field, 'text', '');
  if (found.length > maxReceivers) {
    throw new FieldProblem(field, 'fewer', found.length, { max: maxReceivers });
  }
  found.forEach((name, i) => {
    if (found.indexOf(name) !== i) throw new FieldProblem(field, 'different', name);
  });
  return found;
}

/** Names of labels by which alerts are told of together. Throws a FieldProblem. */
export function checkLabelNames(field: string, value: unknown): string[] {
  const found = names(field, value);
  for (const name of found) {
    if (name !== '...' && !/^[a-zA-Z_]\w*$/.test(name)) {
      throw new FieldProblem(field, 'labelNames', name);
    }
  }
  return [...new Set(found)];
}

/**
 * Checks one route and fills in its defaults. Throws a FieldProblem.
 * @param receivers those that there are; any where left out
 */
function checkRoute(where: string, value: unknown, receivers?: readonly string[]): Route {
  const raw = check.object(where, value, routeFields);
  const input = { ...routeDefaults, ...raw } as Record<keyof RouteInput, unknown>;
  const at = (name: keyof RouteInput) => check.join(where, name);
  const filter = toLabelFilter(at('filter'), input.filter);
  const receiver = checkReceiver(at('receiver'), input.receiver, receivers);
  const severity = check.oneOf(at('severity'), input.severity, severities);
  const delivery: Route['delivery'] = { receiver };
  if (!isBlank(input.groupBy)) delivery.groupBy = checkLabelNames(at('groupBy'), input.groupBy);
  for (const name of Object.keys(timeChecks) as (keyof typeof timeChecks)[]) {
    if (!isBlank(input[name])) delivery[name] = timeChecks[name](at(name), input[name]);
  }
  if (!isBlank(input.escalateTo)) {
    delivery.escalateTo = checkReceiver(at('escalateTo'), input.escalateTo, receivers);
  }
  return {
    name: isBlank(input.name)
      ? nameOf(severity, filter, receiver)
      : check.text(at('name'), input.name, { max: 200 }).trim(),
    filter,
    severity,
    continue: check.boolean(at('continue'), input.continue),
    delivery,
  };
}

/** Checks one route of a list, and that none of `names` is its own; then adds it to them. */
export function checkUniqueRoute(
  where: string,
  value: unknown,
  names: Set<string>,
  receivers?: readonly string[],
): Route {
  const route = checkRoute(where, value, receivers);
  if (names.has(route.name)) {
    throw new FieldProblem(check.join(where, 'name'), 'unique', route.name);
  }
  names.add(route.name);
  return route;
}

/** Checks that a name is one of the receivers. Throws a FieldProblem. */
export function checkReceiver(
  field: string,
  value: unknown,
  receivers?: readonly string[],
): string {
  const name = check.text(field, value, { max: 100 }).trim();
  return receivers ? check.oneOf(field, name, receivers) : name;
}

/** Whether an alert takes a route. */
export function takes(route: Route, alert: Alert): boolean {
  return (
    severities.indexOf(alert.severity) >= severities.indexOf(route.severity) &&
    route.filter.takes(routingLabels(alert))
  );
}

// The same route keeps its name, and so its groups, wherever it stands in the table.
function nameOf(severity: Severity, filter: LabelFilter, receiver: string): string {
  const which = severity === 'info' ? '' : `${severity} `;
  return `${which}{${filter.text}} ${receiver}`;
}
