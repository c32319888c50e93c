import { Problem } from '../../problem.ts';
import { oneLine } from '../../text.ts';
import { Connection, type ServerAddress } from '../connection.ts';

/** ms for a whole answer */
const patience = 60_000;
/** bytes of an answer */
const most = 64e6;

/** A series of an answer: its labels, and pairs of s and a number as text. */
export interface ServerSeries {
  metric: Record<string, string>;
  value?: [number, string];
  values?: [number, string][];
}

/**
 * A server with Prometheus' interface for queries: Prometheus, VictoriaMetrics, Mimir.
 * https://prometheus.io/docs/prometheus/latest/querying/api/
 */
export class Server {
  readonly #base: string;
  readonly #host: string;
  readonly #connection: Connection;

  /** @param address its url is what stands before `/api/v1/` */
  constructor(address: ServerAddress) {
    this.#base = address.url.replace(/\/+$/, '');
    this.#host = new URL(address.url).host;
    this.#connection = new Connection(address, 4, patience);
  }

  /** The names of all metrics that had something between two times. Rejects with a Problem. */
  async names(from: number, to: number, signal: AbortSignal): Promise<string[]> {
    const parameters = { start: seconds(from), end: seconds(to) };
    return (await this.#ask('label/__name__/values', parameters, signal)) as string[];
  }

  /** An expression at one time, in ms since the Unix epoch. Rejects with a Problem. */
  async at(expression: string, time: number, signal: AbortSignal): Promise<ServerSeries[]> {
    const parameters = { query: expression, time: seconds(time) };
    return resultOf(await this.#ask('query', parameters, signal));
  }

  /** An expression each `step` ms from a time on to another. Rejects with a Problem. */
  async over(
    expression: string,
    { from, to, step }: { from: number; to: number; step: number },
    signal: AbortSignal,
  ): Promise<ServerSeries[]> {
    const range = { start: seconds(from), end: seconds(to), step: seconds(step) };
    return resultOf(await this.#ask('query_range', { query: expression, ...range }, signal));
  }

  close(): void {
    this.#connection.close();
  }

  async #text(url: URL, form: string, signal: AbortSignal): Promise<string> {
    const headers: Record<string, string> =
      form === '' ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    const method = form === '' ? 'GET' : 'POST';
    const body = Buffer.from(form);
    const incoming = await this.#connection.request(method, url, headers, body, signal);
    const pieces: Buffer[] = [];
    let size = 0;
    for await (const piece of incoming as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > most) throw new Problem('tooLarge', { megabytes: most / 1e6 });
      pieces.push(piece);
    }
    const text = Buffer.concat(pieces).toString();
    // Errors of queries are JSON, those of logins and addresses are not.
    if (incoming.statusCode !== 200 && !text.startsWith('{')) {
      throw new Error(`status ${incoming.statusCode}: ${text}`);
    }
    return text;
  }

  async #ask(path: string, parameters: Record<string, string>, signal: AbortSignal) {
    const host = this.#host;
    const form = new URLSearchParams(parameters).toString();
    // Prometheus takes values of a label by GET only; a query may be too long for that.
    const isLong = path.startsWith('query');
    const url = new URL(`${this.#base}/api/v1/${path}${isLong ? '' : `?${form}`}`);
    try {
      const text = await this.#text(url, isLong ? form : '', signal);
      const answer = JSON.parse(text) as { status: string; data: unknown; error?: string };
      if (answer.status !== 'success') throw new Error(answer.error ?? oneLine(text, 200));
      return answer.data;
    } catch (error) {
      signal.throwIfAborted();
      const reason = oneLine((error as Error).message, 200);
      throw new Problem('historyServer', { host, reason }, { cause: error });
    }
  }
}

function resultOf(data: unknown): ServerSeries[] {
  return (data as { result: ServerSeries[] }).result;
}

// With all of its ms.
function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
