import { parseFlowAddress } from '../address.ts';
import { type Lease, type LeaseForm, leaseName, type TakeLease } from './lease.ts';

// A text in quotes, whose end may be missing; a comment; a sign; a word.
const token = /"((?:[^"\\]|\\.?)*)(?:"|$)|#.*|[{};]|[^\s{};"#]+/g;
/** words of a statement that count; none that is read has more */
const mostWords = 8;

const first =
  /^(?:(?:lease|iaaddr)\s+\S+\s*\{|(?:ia-na|ia-ta|ia-pd)\s|authoring-byte-order\s|server-duid\s|(?:host|group|subgroup|class|subclass)\b.*\{|failover\s+peer\s)/;

/** `dhcpd.leases` and `dhcpd6.leases`, as the DHCP servers of ISC and OpenBSD write them. */
export const dhcpd: LeaseForm = {
  isFirstLine: (line) => first.test(line),
  reader: (take) => {
    const blocks = new Blocks(take);
    return (line) => {
      for (const [whole, quoted] of line.matchAll(token)) {
        if (whole === '{') blocks.open();
        else if (whole === '}') blocks.close();
        else if (whole === ';') blocks.end();
        else if (quoted !== undefined) blocks.add(quoted);
        else if (!whole.startsWith('#')) blocks.add(whole);
      }
    };
  },
};

interface Read extends Lease {
  isUsed: boolean;
  /** as the device calls itself, and as the server wrote it into the DNS */
  host?: string | undefined;
  domainName?: string | undefined;
}

class Blocks {
  readonly #take: TakeLease;
  #words: string[] = [];
  #depth = 0;
  /** the lease whose block is open, and how deep it is */
  #lease: Read | undefined;
  #leaseDepth = 0;

  constructor(take: TakeLease) {
    this.#take = take;
  }

  add(word: string): void {
    if (this.#words.length < mostWords) this.#words.push(word);
  }

  open(): void {
    const [kind, text = ''] = this.#words;
    this.#words = [];
    // These stand in no other block: the end of one that is open was never written.
    if (kind === 'lease' || kind === 'ia-na' || kind === 'ia-ta' || kind === 'ia-pd') {
      this.#depth = 0;
      this.#lease = undefined;
    }
    this.#depth++;
    if (kind !== 'lease' && kind !== 'iaaddr') return;
    const address = parseFlowAddress(text);
    if (address === undefined) return;
    this.#lease = { address, name: undefined, until: Infinity, isUsed: true };
    this.#leaseDepth = this.#depth;
  }

  close(): void {
    this.#words = [];
    if (this.#lease && this.#depth === this.#leaseDepth) {
      const { address, until, isUsed, host, domainName } = this.#lease;
      const name = isUsed ? (leaseName(host) ?? leaseName(domainName)) : undefined;
      this.#take({ address, name, until });
      this.#lease = undefined;
    }
    this.#depth = Math.max(this.#depth - 1, 0);
  }

  end(): void {
    const words = this.#words;
    this.#words = [];
    const lease = this.#lease;
    if (!lease || this.#depth !== this.#leaseDepth) return;
    const [what, one = '', two = '', three = ''] = words;
    switch (what) {
      case 'ends':
        lease.until = endOf(one, two, three) ?? lease.until;
        break;
      case 'binding':
        lease.isUsed = one !== 'state' || two === 'active';
        break;
      case 'abandoned':
      case 'free':
        lease.isUsed = false;
        break;
      case 'client-hostname':
        lease.host = unescaped(one);
        break;
      case 'set':
        if (one === 'ddns-fwd-name' && two === '=') lease.domainName = unescaped(three);
    }
  }
}

// `never`, `epoch 1700000000`, or a day of the week, a date and a time in UTC.
function endOf(one: string, two: string, three: string): number | undefined {
  if (one === 'never') return Infinity;
  if (one === 'epoch') return /^\d{1,12}$/.test(two) ? Number(two) * 1000 : undefined;
  const [, year, month, day] = /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/.exec(two) ?? [];
  const [, hour, minute, second] = /^(\d{1,2}):(\d{2}):(\d{2})$/.exec(three) ?? [];
  if (year === undefined || hour === undefined) return undefined;
  return Date.UTC(
    ...([Number(year), Number(month) - 1, Number(day)] as const),
    ...([Number(hour), Number(minute), Number(second)] as const),
  );
}

// What is not ASCII stands as the octal numbers of its bytes.
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  const bytes = text.replace(/\\([0-3][0-7]{2}|.?)/g, (_, escape: string) =>
    escape.length === 3 ? String.fromCharCode(Number.parseInt(escape, 8)) : escape,
  );
  return Buffer.from(bytes, 'latin1').toString();
}
