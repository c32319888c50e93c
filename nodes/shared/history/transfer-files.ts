import { open, rename, rm, stat } from 'node:fs/promises';
import type { Export } from './export.ts';
import type { Import } from './import.ts';

/** What is told how much of 1 is done. */
type Progress = (share: number) => void;

/** Tells each whole percent once, as a text. */
export function percentProgress(tell: (percent: string) => void): Progress {
  let told: number | undefined;
  return (share) => {
    const percent = Math.floor(share * 100);
    if (percent === told) return;
    told = percent;
    tell(String(percent));
  };
}

/**
 * Writes an export to a file, which takes its name, and another's place, once all of it is on the disk. Rejects with
 * the system's error, a Problem, or the signal's reason; then nothing of it stays.
 */
export async function exportToFile(
  one: Export,
  path: string,
  { signal, progress }: { signal: AbortSignal; progress: Progress },
): Promise<void> {
  const part = `${path}.part`;
  const { from, to } = one.request;
  const file = await open(part, 'w');
  try {
    try {
      for await (const piece of one.pieces(signal)) {
        await file.appendFile(piece);
        progress((one.until - from) / (to - from));
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Imports a file of any size. Rejects as {@link exportToFile}; what was kept by then stays: see the import's tally. */
export async function importFromFile(
  one: Import,
  path: string,
  { signal, progress }: { signal: AbortSignal; progress: Progress },
): Promise<void> {
  const { size } = await stat(path);
  const file = await open(path);
  const pieces = file.createReadStream({ encoding: 'utf8' });
  try {
    for await (const piece of pieces as AsyncIterable<string>) {
      await one.add(piece, signal);
      signal.throwIfAborted();
      progress(pieces.bytesRead / Math.max(1, size));
    }
    await one.end(signal);
  } finally {
    await one.left();
    pieces.destroy();
  }
}
