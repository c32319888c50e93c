/** problems of one answer that are kept; the rest is only counted */
const kept = 100;

/** The problems of one answer: a bad one can have millions. */
export class ProblemList {
  readonly first: Error[] = [];
  /** the number of those beyond */
  more = 0;

  add(error: unknown): void {
    if (this.first.length < kept) this.first.push(error as Error);
    else this.more++;
  }
}
