import { Problem } from '../../problem.ts';
import { decode, isBinary } from './decode.ts';
import { Terminal } from './terminal.ts';

/** lines of the largest configuration: empty ones take more memory than they have bytes */
const maxLines = 2_000_000;

/** What one command, or one session, gives, within a limit on its size. */
export class CommandOutput {
  readonly terminal = new Terminal();
  readonly #maxBytes: number;
  #size = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** bytes so far */
  get size(): number {
    return this.#size;
  }

  /** Takes what came. Throws a Problem once it is too much. */
  take(bytes: Uint8Array): void {
    this.#size += bytes.length;
    if (this.#size > this.#maxBytes || this.terminal.count > maxLines) {
      throw new Problem('tooLarge', { megabytes: this.#maxBytes / 1e6 });
    }
    this.terminal.take(Buffer.from(bytes).toString('latin1'));
  }

  /** All of the text, with `\n` at the end of each line. Throws a Problem where it is none. */
  text(): string {
    const { open } = this.terminal;
    const lines = this.lines();
    return textOf(open === '' ? lines : [...lines, open]);
  }

  /** Takes the lines that were ended, in Latin-1. Throws a Problem where they are no text. */
  lines(): string[] {
    if (isBinary(this.terminal.strange, this.#size)) throw new Problem('configurationBinary');
    return this.terminal.flush();
  }
}

/** Lines in Latin-1 as the text that they mean. */
export function textOf(lines: readonly string[]): string {
  return decode(lines.map((line) => `${line}\n`).join(''));
}
