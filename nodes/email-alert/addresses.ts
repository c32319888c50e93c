import { hasControl } from '../shared/check.ts';
import type { Address } from '../shared/mail/send-mail.ts';
import { FieldProblem } from '../shared/problem.ts';

const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?';
const bare = new RegExp(`^${atom}(?:\\.${atom})*@${label}(?:\\.${label})*$`, 'u');
const named = /^(?:"([^"<>]*)"\s*|([^"<>]*))<([^<>]+)>$/;

/**
 * The addresses in a list such as `ops@example.org, "Night, shift" <night@example.org>`, separated
 * by commas or semicolons: what RFC 5322 allows, less its comments, groups and escapes.
 * @throws FieldProblem that names the field and the address that is none
 */
export function addresses(field: string, value: unknown): Address[] {
  if (typeof value !== 'string') throw new FieldProblem(field, 'mailAddress', value);
  if (hasControl(value)) throw new FieldProblem(field, 'noControl', value);
  if (value.length > 10_000) throw new FieldProblem(field, 'shorter', value, { max: 10_000 });
  return split(value).map((part) => address(field, part));
}

function address(field: string, part: string): Address {
  const [, quoted, plain, inside] = named.exec(part) ?? [];
  const found = { name: (quoted ?? plain ?? '').trim(), address: (inside ?? part).trim() };
  if (found.address.length > 254 || !bare.test(found.address)) {
    throw new FieldProblem(field, 'mailAddress', part);
  }
  return found;
}

function split(list: string): string[] {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  for (const character of `${list},`) {
    if (character === '"') quoted = !quoted;
    if (quoted || !/[,;]/.test(character)) {
      part += character;
    } else {
      parts.push(part.trim());
      part = '';
    }
  }
  // What follows a quote that is never closed is one part, which no address is.
  parts.push(part.trim());
  return parts.filter((one) => one !== '');
}
