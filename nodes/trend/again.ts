import type { Clock } from '../shared/clock.ts';

export interface Times {
  /** ms until the first time, and from the end of one to the next */
  first: number;
  every: number;
  clock: Clock;
}

/** Does work again and again, never twice at a time, which rejects never. Returns what ends that. */
export function again(work: () => Promise<void>, { first, every, clock }: Times): () => void {
  let isOver = false;
  const turn = () => {
    void work().then(() => {
      if (!isOver) callOff = clock.after(every, turn);
    });
  };
  let callOff = clock.after(first, turn);
  return () => {
    isOver = true;
    callOff();
  };
}
