import type { Turn } from './job-thread.ts';

/** A part of a text that is too large to be copied to a thread at once. */
export interface Piece {
  type: 'piece';
  piece: string;
}

/** Sends a text piece by piece, so that others have their turn between. */
export async function sendPieces(
  turn: Pick<Turn<Piece, never>, 'isOn' | 'send'>,
  pieces: readonly string[],
): Promise<void> {
  for (const [i, piece] of pieces.entries()) {
    if (i % 16 === 15) await new Promise(setImmediate);
    if (!turn.isOn) return;
    turn.send({ type: 'piece', piece });
  }
}
