import type { AlertLine, Page } from '../../contract/pages.ts';

/** Finds the alerts that began since the last page, to be told to those who do not see them. */
export class Announcer {
  #known: Set<string> | undefined;

  /** The alerts that are new in a page. Those of the first page are none: nobody missed them. */
  newIn(page: Page): AlertLine[] {
    const firing = firingIn(page);
    if (!firing) return [];
    const known = this.#known;
    const isNew = ({ fingerprint }: AlertLine) => known !== undefined && !known.has(fingerprint);
    const found = firing.filter(isNew);
    this.#known = new Set(firing.map(({ fingerprint }) => fingerprint));
    return found;
  }
}

// Only pages that list all of them; those of one device do not say that others are over.
function firingIn(page: Page): AlertLine[] | undefined {
  if (page.page === 'overview') return page.attention;
  if (page.page === 'alerts') return page.active.filter(({ state }) => state === 'firing');
  return undefined;
}
