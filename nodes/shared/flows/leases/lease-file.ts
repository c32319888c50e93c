import { open, stat } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { Problem } from '../../problem.ts';
import { LeaseTable, mostLeases } from './lease-table.ts';

/** bytes of a file that is read; of what is longer the leases cannot be known */
const mostBytes = 64 * 2 ** 20;
/** bytes at a time: datagrams come in between */
const chunk = 64 * 1024;
/** characters of a line; what is longer is no lease */
const longestLine = 4000;
/** ms: what changed so shortly before it was read may have changed once more since, at the same time stamp */
const settled = 2000;

/** The leases file of a DHCP server, read when it has changed. */
export class LeaseFile {
  readonly #path: string;
  readonly #now: () => number;
  /** what the file was when it was read */
  #seen = '';
  #isStopped = false;

  /** @param now ms since the Unix epoch */
  constructor(path: string, now: () => number) {
    this.#path = path;
    this.#now = now;
  }

  /**
   * The names in it; undefined where it has not changed since it was asked for. Rejects with a Problem where they cannot
   * be read, again only once the file has changed or while it is missing.
   */
  async read(): Promise<LeaseTable | undefined> {
    const path = this.#path;
    const begun = this.#now();
    try {
      const files = await this.#look();
      const seen = files.map(({ id }) => id).join();
      if (seen === this.#seen) return undefined;
      const newest = Math.max(...files.map(({ changed }) => changed));
      this.#seen = begun - newest < settled ? '' : seen;
      return await this.#readAll(begun);
    } catch (cause) {
      if (cause instanceof Problem) throw cause;
      this.#seen = '';
      throw new Problem('flowLeases', { field: 'leasesFile', path }, { cause });
    }
  }

  /** Has what is being read end early. */
  stop(): void {
    this.#isStopped = true;
  }

  async #readAll(begun: number): Promise<LeaseTable> {
    const table = new LeaseTable(begun);
    await this.#readInto(table, this.#path);
    if (table.isUnknown) throw this.#unknown();
    if (!table.isInParts) {
      table.finish();
      return table;
    }
    // Kea begins its file anew now and then: what was in it is in those beside it, and older.
    const whole = new LeaseTable(begun);
    const isCompleted = await exists(`${this.#path}.completed`);
    for (const end of isCompleted ? ['.completed', ''] : ['.2', '.1', '']) {
      if (end === '' || (await exists(this.#path + end))) {
        await this.#readInto(whole, this.#path + end);
      }
    }
    whole.finish();
    return whole;
  }

  // The file and those that Kea has beside it.
  async #look(): Promise<{ id: string; changed: number }[]> {
    const found = [await describe(this.#path)];
    for (const end of ['.1', '.2', '.completed']) {
      const beside = await describe(this.#path + end).catch(() => undefined);
      if (beside) found.push(beside);
    }
    return found;
  }

  async #readInto(table: LeaseTable, path: string): Promise<void> {
    // A pipe would be waited for, and a device never ends.
    if (!(await stat(path)).isFile()) throw this.#unknown();
    const file = await open(path);
    try {
      table.begin();
      await this.#readLines(file, (line) => table.add(line));
    } finally {
      await file.close();
    }
  }

  async #readLines(
    file: Awaited<ReturnType<typeof open>>,
    take: (line: string) => void,
  ): Promise<void> {
    const buffer = Buffer.alloc(chunk);
    const decoder = new StringDecoder();
    let [rest, bytes, isLong] = ['', 0, false];
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, chunk);
      bytes += bytesRead;
      if (bytes > mostBytes) throw leasesLarge(this.#path);
      const text = bytesRead === 0 ? decoder.end() : decoder.write(buffer.subarray(0, bytesRead));
      const lines = (rest + text).split('\n');
      rest = bytesRead === 0 ? '' : lines.pop()!;
      for (const line of lines) {
        if (!isLong && line.length <= longestLine) take(line);
        isLong = false;
      }
      // No more of a line is kept than is needed to know that it is too long.
      if (rest.length > longestLine) [rest, isLong] = ['', true];
      if (bytesRead === 0 || this.#isStopped) return;
    }
  }

  #unknown(): Problem {
    return new Problem('flowNoLeases', { field: 'leasesFile', path: this.#path });
  }
}

/** The problem that a file has more than is read or kept. */
export function leasesLarge(path: string): Problem {
  const most = { size: mostBytes / 2 ** 20, count: mostLeases.toLocaleString('en-US') };
  return new Problem('flowLeasesLarge', { field: 'leasesFile', path, ...most });
}

async function describe(path: string): Promise<{ id: string; changed: number }> {
  const { ino, size, mtimeMs } = await stat(path);
  return { id: `${ino} ${size} ${mtimeMs}`, changed: mtimeMs };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
