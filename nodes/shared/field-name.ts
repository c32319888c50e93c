import english from '../../locales/en-US/shared.json' with { type: 'json' };
import type { Translate } from './catalogue-key.ts';

/**
 * A field's name as its dialog shows it, from its path in the settings or in a message:
 * `rules[2].threshold` is "rule 3, Threshold". List entries count from 1. What no dialog shows, such as
 * a property of a device's answer, keeps its own name.
 */
export function fieldName(path: string, translate: Translate): string {
  return steps(path)
    .map(({ name, key, number }) => {
      if (number !== undefined && Object.hasOwn(english.entry, name)) {
        return translate(`shared.entry.${name}`, { number: String(number) });
      }
      const known = lookUp(english.field, key, name);
      const label = known === undefined ? name : translate(`shared.field.${known}`);
      return number === undefined ? label : `${label} ${number}`;
    })
    .join(', ');
}

/** What to do about a required field that is empty, where there is a sentence for it. */
export function missingAdvice(path: string, translate: Translate): string | undefined {
  const all = steps(path);
  const { name, key } = all.at(-1)!;
  const known = lookUp(english.missing, key, name);
  if (known === undefined) return undefined;
  const place = all.slice(0, -1).filter(({ number }) => number !== undefined);
  const advice = translate(`shared.missing.${known}`);
  if (place.length === 0) return advice;
  const end = path.lastIndexOf('.');
  return `${fieldName(path.slice(0, end), translate)}: ${advice}`;
}

interface Step {
  name: string;
  /** the whole path up to here without numbers, as a key of the catalogue */
  key: string;
  /** from 1, where it is an entry of a list */
  number: number | undefined;
}

function steps(path: string): Step[] {
  const names: string[] = [];
  return path.split('.').map((part) => {
    const [, name, index] = /^(.*?)(?:\[(\d+)\])?$/s.exec(part)!;
    names.push(name!);
    const number = index === undefined ? undefined : Number(index) + 1;
    return { name: name!, key: names.join('-'), number };
  });
}

function lookUp(table: object, ...keys: string[]): string | undefined {
  return keys.find((key) => Object.hasOwn(table, key));
}
