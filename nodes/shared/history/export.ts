import { inSlices } from '../in-slices.ts';
import { textPieces } from '../text-pieces.ts';
import { asKept, csvHeader, csvLines, csvNames, toJsonLines } from './answers.ts';
import type { ExportRequest } from './export-request.ts';
import type { AskedQuery } from './store/messages.ts';
import type { Answer } from './store/query.ts';

/** points that one question is to give at the most */
const usualPoints = 50_000;
/** ms that the first question spans, and below which none is made shorter */
const firstSpan = 3_600_000;
const shortestSpan = 1000;

/** Where readings are exported from. */
export interface ExportSource {
  read: (query: AskedQuery, signal: AbortSignal) => Promise<Answer>;
  labelNames: (request: ExportRequest) => Promise<string[]>;
}

/**
 * The readings of a period as they came, as a text of CSV or JSON lines in pieces: one stretch of time after the other,
 * so that no more than one is in memory, however long the period is.
 */
export class Export {
  readonly request: ExportRequest;
  readonly #source: ExportSource;
  readonly #mostPoints: number;
  #readings = 0;
  #until: number;

  /** @param mostPoints that are in memory, as far as they are not all within a second */
  constructor(source: ExportSource, request: ExportRequest, mostPoints = usualPoints) {
    this.#mostPoints = mostPoints;
    this.request = request;
    this.#source = source;
    this.#until = request.from;
  }

  /** How many readings were given. */
  get readings(): number {
    return this.#readings;
  }

  /** The time up to which all was given, in ms since the Unix epoch. */
  get until(): number {
    return this.#until;
  }

  /** The pieces. Rejects with a Problem, or with the signal's reason. */
  async *pieces(signal: AbortSignal): AsyncGenerator<string, void> {
    const { metrics, labels, to, format } = this.request;
    const isCsv = format === 'csv';
    const names = isCsv ? csvNames(await this.#source.labelNames(this.request)) : [];
    if (isCsv) yield csvHeader(names);
    for (let span = firstSpan; this.#until < to;) {
      const end = Math.min(to, this.#until + span);
      const limit = span > shortestSpan ? this.#mostPoints : Infinity;
      const query = { metrics, labels, from: this.#until, to: end, limit, maxSeries: Infinity };
      const answer = await this.#source.read(query, signal);
      const points = answer.series.reduce((sum, { times }) => sum + times.length, 0);
      if (points >= limit || answer.omitted > 0) {
        span = Math.max(shortestSpan, Math.floor(span / 4));
        continue;
      }
      const series = await inSlices(asKept(answer.series), { signal });
      yield* textPieces(isCsv ? csvLines(series, names) : toJsonLines(series), signal);
      this.#readings += points;
      this.#until = end;
      if (points < limit / 8) span *= 2;
    }
  }
}
