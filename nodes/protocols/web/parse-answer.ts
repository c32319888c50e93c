import { Problem } from '../../shared/problem.ts';
import { parseJson } from './web.ts';

/** values of an answer that are read: so many take some hundred MB in memory */
const maxValues = 5_000_000;

/** Parses the JSON of an answer. Throws a Problem where it is none, or too large to be taken apart. */
export function parseAnswer(pieces: readonly string[]): unknown {
  let values = 0;
  for (const piece of pieces) {
    for (let i = 0; i < piece.length; i++) {
      const sign = piece.charCodeAt(i);
      if (sign === comma || sign === bracket || sign === brace) values++;
    }
  }
  if (values > maxValues) throw new Problem('tooManyValues', { max: maxValues });
  return parseJson(pieces);
}

const [comma, bracket, brace] = [0x2c, 0x5b, 0x7b];
