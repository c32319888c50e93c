import { readFileSync } from 'node:fs';
import { fill, type Translate } from '../../nodes/shared/problem.ts';

/** The real catalogues of nodes, as Node-RED would translate with them. */
export function catalogue(language: 'en-US' | 'de', ...nodes: string[]): Translate {
  const read = (name: string) =>
    JSON.parse(
      readFileSync(new URL(`../../locales/${language}/${name}.json`, import.meta.url), 'utf8'),
    ) as object;
  const texts: unknown = Object.assign({}, ...nodes.map(read), { shared: read('shared') });
  return (key, params = {}) => {
    let found = texts;
    // Without whose catalogue it is in.
    for (const part of key.replace(/^.*:/, '').split('.')) {
      found = (found as Record<string, unknown>)[part];
    }
    if (typeof found !== 'string') throw new Error(`no text for ${key}`);
    return fill(found, params);
  };
}
