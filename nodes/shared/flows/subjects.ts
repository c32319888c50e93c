import { type FlowAddress, networkOf, type Networks } from './address.ts';
import { Applications } from './applications.ts';
import { type Subject, subjects, type TalkerKind } from './choices.ts';
import { conversationKey } from './conversation.ts';
import type { Flow } from './flow.ts';
import type { Key } from './top-table.ts';

/** bits that are left of an address that is shortened */
const [shortBits, shortBits6] = [24, 48];

/** What tells where an address belongs. */
export interface Places {
  as(address: FlowAddress): Key | undefined;
  country(address: FlowAddress): string | undefined;
}

export interface SubjectOptions {
  subjects: ReadonlySet<Subject>;
  /** own networks */
  inside: Networks;
  talker: TalkerKind;
  applications: Applications;
  /** whether only networks of /24 and /48 are counted, not addresses */
  isShort: boolean;
}

/** Finds the keys that a flow is counted by, in the order of {@link subjects}; undefined where it has none. */
export class SubjectKeys {
  readonly keys: (Key | undefined)[] = subjects.map(() => undefined);
  /** may come later, once their file is read */
  places: Places | undefined;
  readonly #options: SubjectOptions;

  constructor(options: SubjectOptions) {
    this.#options = options;
  }

  /** Puts those of a flow into {@link keys}. */
  read(flow: Flow): void {
    const { keys } = this;
    const { subjects: on, inside, talker, applications } = this.#options;
    const source = this.shortened(flow.source);
    const destination = this.shortened(flow.destination);
    if (on.has('protocol')) keys[0] = flow.protocol;
    if (on.has('application')) keys[1] = applications.keyOf(flow);
    const isSourceInside = inside.has(flow.source);
    const isOut = isSourceInside || !inside.has(flow.destination);
    if (on.has('talker')) {
      const isSource =
        talker === 'source' ||
        (talker === 'inside' && isOut) ||
        (talker === 'outside' && !isSourceInside);
      keys[2] = isSource ? source : destination;
    }
    if (on.has('conversation')) keys[3] = conversationKey(source, destination);
    // Where it comes from or goes to: of the two ends the one that is not one's own.
    const far = isSourceInside ? flow.destination : flow.source;
    if (on.has('as')) {
      const told = isSourceInside ? flow.destinationAs : flow.sourceAs;
      keys[4] = this.places?.as(far) ?? (told || flow.sourceAs || flow.destinationAs || undefined);
    }
    if (on.has('country')) keys[5] = this.places?.country(far);
  }

  /** An address as it is counted. */
  shortened(address: FlowAddress): FlowAddress {
    if (!this.#options.isShort) return address;
    return networkOf(address, typeof address === 'number' ? shortBits : shortBits6);
  }
}
