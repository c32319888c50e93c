import type { Export } from '../shared/history/export.ts';
import type { History } from '../shared/history/history.ts';
import type { Import } from '../shared/history/import.ts';
import { errorText, Problem, type Translate } from '../shared/problem.ts';
import type { TransferStatus } from './transfer-status.ts';

/** Something that takes long, as its dialog follows it: an export, an import or a backup. */
export abstract class Transfer {
  readonly #ended = new AbortController();
  #state: TransferStatus['state'] = 'running';
  #problem: unknown;

  /** Aborted once it is cancelled. */
  protected get signal(): AbortSignal {
    return this.#ended.signal;
  }

  get isOver(): boolean {
    return this.#state !== 'running';
  }

  /** Whether nothing goes on until somebody asks for it. */
  abstract get isWaiting(): boolean;

  /** How far it is, in the reader's language. */
  status(t: Translate): TransferStatus {
    return {
      state: this.#state,
      ...(this.#state === 'failed' && { error: errorText(this.#problem, t) }),
      ...this.figures(t),
    };
  }

  /** Ends it where it is; nothing happens to one that has ended. */
  cancel(): void {
    if (this.#state !== 'running') return;
    this.#state = 'cancelled';
    this.#ended.abort(new Problem('cancelled'));
  }

  /** What {@link status} tells beside. */
  protected abstract figures(t: Translate): Omit<TransferStatus, 'state' | 'error'>;

  protected done(): void {
    if (this.#state === 'running') this.#state = 'done';
  }

  protected fail(problem: unknown): void {
    if (this.#state !== 'running') return;
    this.#state = 'failed';
    this.#problem = problem;
  }
}

/** An export, which goes on as fast as its pieces are taken. */
export class ExportTransfer extends Transfer {
  readonly #export: Export;
  #isTaken = false;

  constructor(one: Export) {
    super();
    this.#export = one;
  }

  get isWaiting(): boolean {
    return !this.#isTaken;
  }

  get request() {
    return this.#export.request;
  }

  /** The pieces, once. Throws a Problem the second time; rejects as {@link Export.pieces}. */
  async *pieces(): AsyncGenerator<string, void> {
    if (this.#isTaken) throw new Problem('transferGone');
    this.#isTaken = true;
    try {
      yield* this.#export.pieces(this.signal);
      this.done();
    } catch (error) {
      this.fail(error);
      throw error;
    } finally {
      // Whoever took them may have gone.
      this.cancel();
    }
  }

  protected figures() {
    const { readings, until, request } = this.#export;
    const share = (until - request.from) / (request.to - request.from);
    return { share, readings, until };
  }
}

/** An import, which is given its text in pieces. */
export class ImportTransfer extends Transfer {
  readonly #import: Import;
  readonly isWaiting = true;

  constructor(one: Import) {
    super();
    this.#import = one;
  }

  /** Takes a piece; resolves once the next one may come, or, after the last one, all is on the disk. */
  async add(text: string, isLast: boolean): Promise<void> {
    try {
      await this.#import.add(text, this.signal);
      if (!isLast) return;
      await this.#import.end(this.signal);
      this.done();
    } catch (error) {
      this.fail(error);
      await this.#import.left();
    }
  }

  protected figures(t: Translate) {
    const { line, taken, refused, problems } = this.#import.tally;
    return {
      ...{ line, readings: taken, refused },
      problems: problems.map((problem) => errorText(problem, t)),
    };
  }
}

/** A backup, which begins at once. */
export class BackupTransfer extends Transfer {
  readonly isWaiting = false;
  #share = 0;
  #folder: string | undefined;

  constructor(history: Pick<History, 'backup'>, folder: string) {
    super();
    const progress = (share: number) => (this.#share = share);
    history.backup(folder, { signal: this.signal, progress }).then(
      (made) => {
        this.#share = 1;
        this.#folder = made;
        this.done();
      },
      (error: unknown) => this.fail(error),
    );
  }

  protected figures() {
    return {
      share: this.#share,
      ...(this.#folder !== undefined && { folder: this.#folder }),
    };
  }
}
