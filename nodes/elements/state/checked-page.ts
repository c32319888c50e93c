import { type Page, pageNames } from '../../contract/pages.ts';

/** A page as a message brought it, or undefined for what is none. */
export function checkedPage(data: unknown): Page | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { page, time, devices } = data as Record<string, unknown>;
  const isKnown = page === 'none' || pageNames.some((name) => name === page);
  if (!isKnown || typeof time !== 'number' || !Array.isArray(devices)) return undefined;
  return data as Page;
}
