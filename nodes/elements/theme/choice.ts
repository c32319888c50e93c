import type { ThemeName } from './tokens.ts';

const key = 'netmon-theme';
const changed = 'netmon-theme-changed';

function system(): ThemeName {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

function chosen(): ThemeName | undefined {
  try {
    const name = localStorage.getItem(key);
    return name === 'light' || name === 'dark' ? name : undefined;
  } catch {
    // A page in a frame may not be allowed to keep anything.
    return undefined;
  }
}

let notKept: ThemeName | undefined;

/** The theme of now: the one chosen, or else the system's. */
export function themeName(): ThemeName {
  return notKept ?? chosen() ?? system();
}

/** The other theme, for all elements of this browser. A choice as the system has it follows the system again. */
export function switchTheme(): void {
  const other: ThemeName = themeName() === 'dark' ? 'light' : 'dark';
  notKept = undefined;
  try {
    if (other === system()) localStorage.removeItem(key);
    else localStorage.setItem(key, other);
  } catch {
    notKept = other;
  }
  dispatchEvent(new Event(changed));
}

/** Tells of each change; what it returns ends that. */
export function onThemeChange(listener: () => void): () => void {
  const media = matchMedia('(prefers-color-scheme: dark)');
  media.addEventListener('change', listener);
  addEventListener('storage', listener);
  addEventListener(changed, listener);
  return () => {
    media.removeEventListener('change', listener);
    removeEventListener('storage', listener);
    removeEventListener(changed, listener);
  };
}
