/** What many have to share, so that their memory is bounded together, whatever comes. */
export class Budget {
  left: number;

  constructor(all: number) {
    this.left = all;
  }

  /** Takes some. Returns whether there was enough. */
  take(count: number): boolean {
    if (this.left < count) return false;
    this.left -= count;
    return true;
  }

  giveBack(count: number): void {
    this.left += count;
  }
}

/** What is known of all exporters together: fields of templates, names of interfaces, factors of sampling. */
export function knowledgeBudget(): Budget {
  return new Budget(200_000);
}
