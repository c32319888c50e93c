import type { Translate } from '../../shared/problem.ts';

/** Texts of what is made, by their keys among those of the maker. */
export type Words = (key: string, params?: Record<string, string>) => string;

/** The maker's texts in the language of the translator. */
export function makerWords(translate: Translate): Words {
  return (key, params) => translate(`sidebar.made.${key}`, params);
}
