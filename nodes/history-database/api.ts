import type { Clock } from '../shared/clock.ts';
import { type HistoryAnswer, readHistory, toCsv } from '../shared/history/answers.ts';
import type { History } from '../shared/history/history.ts';
import {
  type HistoryRequest,
  readLength,
  type ReadRequest,
  readRequest,
  requestDefaults,
} from '../shared/history/request.ts';
import type { HttpAnswer, HttpApi, HttpRequest } from '../shared/http-api.ts';
import { parseMetrics } from '../shared/match/parse-filter.ts';
import { FieldProblem, isProblem } from '../shared/problem.ts';
import { openApi, parameters } from './openapi.ts';
import { contentTypes, formatFor, prometheusText } from './prometheus-text.ts';

/** ms for which /metrics shows a value: as long as Prometheus itself takes one for current */
const usualAge = 5 * 60_000;

type ReadHistory = Pick<History, 'read' | 'latest'>;
type Endpoint = (request: HttpRequest) => Promise<HttpAnswer>;

/** The history of a folder over HTTP: what is answered at which address, with errors as JSON. */
export class HistoryApi implements HttpApi {
  readonly #history: () => Promise<ReadHistory>;
  readonly #clock: Clock;
  readonly #endpoints: Map<string, Endpoint>;

  /**
   * @param history rejects with a Problem where it cannot be read
   * @param path what stands before the addresses, with a slash at its front; empty for nothing
   */
  constructor(history: () => Promise<ReadHistory>, path: string, clock: Clock) {
    this.#history = history;
    this.#clock = clock;
    this.#endpoints = new Map<string, Endpoint>([
      [`${path}/api/metrics`, (request) => this.#metrics(request)],
      [`${path}/metrics`, (request) => this.#latest(request)],
      [`${path}/api/openapi.json`, () => Promise.resolve(json(200, openApi(path)))],
    ]);
  }

  /** What it answers at. */
  get paths(): Iterable<string> {
    return this.#endpoints.keys();
  }

  /** Never rejects: what is wrong is told as JSON, with the status 400, or 503 where history has a fault. */
  async answer(path: string, request: HttpRequest): Promise<HttpAnswer> {
    try {
      const endpoint = this.#endpoints.get(path);
      return endpoint ? await endpoint(request) : json(404, { error: `nothing is at ${path}` });
    } catch (error) {
      const isAsked = isProblem(error) && 'expected' in error;
      const message = error instanceof Error ? error.message : String(error);
      return json(isAsked ? 400 : 503, { error: message });
    }
  }

  async #metrics({ query, signal }: HttpRequest): Promise<HttpAnswer> {
    const { format, ...asked } = readParameters(query);
    const request = readRequest(asked, this.#clock.date());
    const answer = await readHistory(await this.#history(), request, asked.compare, signal);
    return format === 'csv'
      ? { status: 200, type: 'text/csv; charset=utf-8', body: toCsv(answer.series) }
      : { status: 200, type: 'application/json', body: seriesJson(request, answer) };
  }

  async #latest({ query, accept }: HttpRequest): Promise<HttpAnswer> {
    const { maxAge } = texts(query, ['maxAge']);
    const age = maxAge === undefined ? usualAge : readLength(maxAge);
    if (age === undefined) throw new FieldProblem('maxAge', 'length', maxAge);
    const values = await (await this.#history()).latest(this.#clock.date() - age);
    const format = formatFor(accept);
    return { status: 200, type: contentTypes[format], body: prometheusText(values, format) };
  }
}

function json(status: number, value: object): HttpAnswer {
  return { status, type: 'application/json', body: [JSON.stringify(value)] };
}

function* seriesJson(
  { query: { from, to, edges } }: ReadRequest,
  { series, omitted }: HistoryAnswer,
): Generator<string, void> {
  const step = edges ? (edges[1]! - edges[0]!) / 1000 : null;
  yield `${JSON.stringify({ from, to, step, omitted }).slice(0, -1)},"series":[`;
  for (const [i, one] of series.entries()) yield (i === 0 ? '' : ',') + JSON.stringify(one);
  yield ']}';
}

type Asked = HistoryRequest & { format: 'json' | 'csv' };

/** Reads what stands behind the `?`. Throws a FieldProblem. */
function readParameters(query: Record<string, unknown>): Asked {
  const names = Object.keys(parameters) as (keyof typeof parameters)[];
  const { metric, format = 'json', ...given } = texts(query, names);
  if (format !== 'json' && format !== 'csv') {
    throw new FieldProblem('format', 'oneOf', format, { words: 'json, csv' });
  }
  // Under its name here, not the dialog's.
  if (metric !== undefined) parseMetrics('metric', metric);
  const asked = { ...requestDefaults, ...given, ...(metric !== undefined && { metrics: metric }) };
  return {
    ...asked,
    aggregation: (given.aggregation ?? 'average').split(',').map((name) => name.trim()),
    format,
  } as Asked;
}

// A name that comes more than once is a list.
function texts<Name extends string>(
  query: Record<string, unknown>,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const found: Partial<Record<string, string>> = {};
  for (const [name, value] of Object.entries(query)) {
    if (!(names as readonly string[]).includes(name)) {
      throw new FieldProblem(name, 'knownField', value, { words: names.join(', ') });
    }
    const all: unknown[] = Array.isArray(value) ? value : [value];
    const whole = all.every((each) => typeof each === 'string') ? all.join(',').trim() : undefined;
    if (whole === undefined) throw new FieldProblem(name, 'text', value);
    if (whole !== '') found[name] = whole;
  }
  return found;
}
