import type { Adapter, Level } from './adapter.ts';

/** ms between two changes: there may be many a second */
const pause = 1000;

/**
 * Shows a status now, or a moment later where the one before is still new.
 * @returns asks for it to be shown
 */
export function pacedStatus(adapter: Adapter, words: () => [Level, string]): () => void {
  let resting: NodeJS.Timeout | undefined;
  let asked = false;
  adapter.closing.addEventListener('abort', () => clearTimeout(resting));
  return function show() {
    asked = resting !== undefined;
    if (asked) return;
    adapter.status(...words());
    resting = setTimeout(() => {
      resting = undefined;
      if (asked) show();
    }, pause);
  };
}
