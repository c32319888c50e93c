import type { Budget } from './budget.ts';
import { Sampling } from './sampling.ts';
import { Sequence } from './sequence.ts';
import { Templates } from './templates.ts';

/** What is known of one observation domain of an exporter: a line card, say, or an engine. */
export class Domain {
  readonly templates: Templates;
  readonly sampling: Sampling;
  readonly sequence = new Sequence();
  /** when the exporter started by its own clock, ms since 1970; NaN where it did not tell (IPFIX, field 160) */
  startedAt = Number.NaN;
  /** ms since its start, at the last datagram */
  #uptime = 0;

  /** @param budget of what is known of all exporters */
  constructor(budget: Budget) {
    this.templates = new Templates(budget);
    this.sampling = new Sampling(budget);
  }

  /** Sees its uptime, of 32 bits of ms. Less than before is a restart, unless 49.7 days are round. */
  seeUptime(uptime: number): void {
    const back = this.#uptime - uptime;
    if (back > overtaken && back < 2 ** 32 - day) this.sequence.restart();
    if (back < 0 || back > overtaken) this.#uptime = uptime;
  }
}

/** ms by which a datagram may come late */
const overtaken = 10_000;
const day = 86_400_000;
