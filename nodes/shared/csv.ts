import { FieldProblem, Problem } from './problem.ts';

/** A row of a CSV text. */
export interface CsvRow {
  /** its line in the text, from 1 */
  line: number;
  cells: string[];
}

/**
 * Reads CSV (RFC 4180). The cells may be parted by commas, semicolons or tabs, as spreadsheets do:
 * whichever comes most often in the first line. Empty lines are left out.
 * Throws where quotes are not closed.
 * @param firstLine the number of the text's first line
 */
export function* csvRows(text: string, firstLine = 1): Generator<CsvRow, void> {
  const first = text.split(/\r?\n/, 1)[0]!;
  const uses = (sign: string) => first.split(sign).length;
  const separator = [',', ';', '\t'].reduce((a, b) => (uses(b) > uses(a) ? b : a));
  const cell = new RegExp(`"((?:[^"]|"")*)"|([^${separator}\r\n]*)`, 'y');
  let row: CsvRow = { line: firstLine, cells: [] };
  for (let at = text.startsWith('\ufeff') ? 1 : 0, line = firstLine; at <= text.length; at++) {
    cell.lastIndex = at;
    const [whole, quoted, bare] = cell.exec(text) as unknown as [string, string?, string?];
    at += whole.length;
    const end = text[at];
    if (bare?.startsWith('"') || !['\r', '\n', separator, undefined].includes(end)) {
      throw new Problem(
        'row',
        { row: line },
        { cause: new FieldProblem('cells', 'closedQuote', whole) },
      );
    }
    row.cells.push(quoted?.replaceAll('""', '"') ?? bare!.trim());
    line += whole.split('\n').length - 1;
    if (end === separator) continue;
    if (row.cells.some((c) => c !== '')) yield row;
    if (end === '\r' && text[at + 1] === '\n') at++;
    row = { line: ++line, cells: [] };
  }
}
