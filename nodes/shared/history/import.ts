import type { Reading } from '../../contract/reading.ts';
import { inSlices } from '../in-slices.ts';
import { type ReadingsText, type ReadLine, readLines } from '../messages/text-readings.ts';
import { WholeLines } from '../messages/whole-lines.ts';
import { FieldProblem, Problem } from '../problem.ts';
import type { History } from './history.ts';
import { timesTaken } from './store/retention.ts';

/** readings that are written together */
const batch = 20_000;
/** lines that are told */
const mostTold = 5;

/** How far an import is. */
export interface ImportTally {
  /** up to which line of the text all is on the disk, or was refused */
  line: number;
  /** readings that are on the disk */
  taken: number;
  refused: number;
  /** of the first lines that were refused: each has its number */
  problems: Error[];
}

/**
 * Keeps the readings of an exported text that comes in pieces, of any size: no more than one piece and one batch of
 * readings is in memory. Each line has a time, so that the same text twice keeps nothing twice. What a series has at a
 * time is replaced.
 */
export class Import {
  readonly #history: Pick<History, 'write' | 'retention'>;
  readonly #now: number;
  readonly #lines = new WholeLines();
  #batch: Reading[] = [];
  #last = 0;
  #writing: Promise<void> = Promise.resolve();
  readonly tally: ImportTally = { line: 0, taken: 0, refused: 0, problems: [] };

  /** @param now ms since the Unix epoch */
  constructor(history: Pick<History, 'write' | 'retention'>, now: number) {
    this.#history = history;
    this.#now = now;
  }

  /**
   * Takes a piece; resolves once another one may come. Rejects with a Problem where the text cannot be read on, or
   * readings are not kept, or with the signal's reason.
   */
  async add(piece: string, signal: AbortSignal): Promise<void> {
    await this.#read(this.#lines.add(piece), signal);
  }

  /** Ends the text: resolves once all of it is on the disk. Rejects as {@link add}. */
  async end(signal: AbortSignal): Promise<void> {
    await this.#read(this.#lines.end(), signal);
    await this.#write();
    await this.#writing;
  }

  /** Resolves once the tally tells all that was written; where nothing more comes. */
  async left(): Promise<void> {
    await this.#writing.catch(() => {});
  }

  async #read(text: ReadingsText | undefined, signal: AbortSignal): Promise<void> {
    if (text) await inSlices(this.#take(text), { signal });
    if (this.#batch.length >= batch) await this.#write();
  }

  *#take(text: ReadingsText): Generator<void, void> {
    const times = timesTaken(this.#history.retention, this.#now);
    for (const read of readLines(text, Number.NaN)) {
      this.#last = read.line;
      const problem = read.problem ?? problemOf(read, times);
      if (problem) this.#refuse(problem);
      else this.#batch.push(read.reading!);
      yield;
    }
  }

  #refuse(problem: Error): void {
    this.tally.refused++;
    if (this.tally.problems.length < mostTold) this.tally.problems.push(problem);
  }

  // One batch is written while the next one is read.
  async #write(): Promise<void> {
    const [readings, line] = [this.#batch, this.#last];
    this.#batch = [];
    await this.#writing;
    this.#writing = this.#history.write(readings, true).then(({ late, early }) => {
      this.tally.line = line;
      this.tally.taken += readings.length - late - early;
      this.tally.refused += late + early;
    });
    // It is told where the next one waits for it.
    this.#writing.catch(() => {});
  }
}

function problemOf(
  { line, reading }: ReadLine,
  times: { from: number; to: number },
): Problem | undefined {
  const { time } = reading!;
  const told = (cause: Error) => new Problem('line', { line }, { cause });
  if (Number.isNaN(time)) return told(new FieldProblem('time', 'readingTime', undefined));
  if (time < times.from) return told(new Problem('readingLate'));
  return time > times.to ? told(new Problem('readingEarly')) : undefined;
}
