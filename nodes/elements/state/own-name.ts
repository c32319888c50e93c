const key = 'netmon-name';

/** The name that somebody last acknowledged or silenced with in this browser; empty where nothing is kept. */
export function ownName(): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    // A page in a frame may not be allowed to keep anything.
    return '';
  }
}

/** Keeps it for the next time. */
export function keepOwnName(name: string): void {
  try {
    localStorage.setItem(key, name);
  } catch {
    // Then it is typed again.
  }
}
