/** The locales whose texts are in files of their own beside the elements; the build fills it from `locales/`. */
export const furtherLocales: readonly string[] = [];
