import german from '../../../locales/de/elements.json' with { type: 'json' };
import english from '../../../locales/en-US/elements.json' with { type: 'json' };
import { furtherLocales } from './further-locales.ts';

export { english };

/** The texts that are there, by locale. */
const texts = new Map<string, unknown>([
  ['en-US', english],
  ['de', german],
]);

/** The texts of a locale; undefined where they are not there, or not yet. */
export function textsOf(locale: string): unknown {
  return texts.get(locale);
}

/** Has the elements speak one more locale. Texts that are missing in it are English. */
export function addTexts(locale: string, added: unknown): void {
  texts.set(locale, added);
}

/**
 * The locale whose texts the readers of a language can read: `pt-BR` for `pt`, `zh-TW` for `zh-HK`.
 * @param language a BCP 47 tag, or anything else, for which there is none
 */
export function localeOf(language: string): string | undefined {
  const wanted = written(language);
  return [...texts.keys(), ...furtherLocales].find((locale) => written(locale) === wanted);
}

/** A language and the script it is mostly written in, such as `zh-Hant`. */
function written(tag: string): string {
  try {
    const { language, script = '' } = new Intl.Locale(tag).maximize();
    return `${language}-${script}`;
  } catch {
    return '';
  }
}
