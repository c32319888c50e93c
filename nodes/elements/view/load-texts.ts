import { addTexts, localeOf, textsOf } from '../words/catalogues.ts';

/** This file's own address; not there where a page evaluates what it has fetched itself. */
const own = (document.currentScript as HTMLScriptElement | null)?.src;

/** the locales that are loaded or have been tried */
const loading = new Map<string, Promise<void>>();

/**
 * Loads the texts of a language from their file beside this one, once. Resolves to whether they are there now and
 * were not before; where they cannot be had, texts stay English.
 */
export async function loadTexts(language: string): Promise<boolean> {
  const locale = localeOf(language);
  if (locale === undefined || textsOf(locale) !== undefined) return false;
  let loaded = loading.get(locale);
  if (!loaded) {
    loaded = load(locale);
    loading.set(locale, loaded);
  }
  await loaded;
  return textsOf(locale) !== undefined;
}

async function load(locale: string): Promise<void> {
  const base = own || document.querySelector<HTMLScriptElement>('script[src*="/netmon-"]')?.src;
  if (!base) return;
  try {
    const answer = await fetch(new URL(`netmon-words-${locale}.json`, base));
    if (answer.ok) addTexts(locale, await answer.json());
  } catch {
    // English is better than nothing.
  }
}
