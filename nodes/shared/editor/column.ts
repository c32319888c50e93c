/** A column of a table: an input in each row, bound to the row's property `name`. */
export interface Column {
  name: string;
  label: string;
  /** an area is for a long text, and as wide as the row */
  kind?: 'text' | 'number' | 'select' | 'area';
  /** of a select: value and label */
  options?: readonly (readonly [value: string, label: string])[];
  /** offered while typing, each with what it means */
  suggestions?: readonly (readonly [value: string, label: string])[];
  placeholder?: string;
  /** stands behind the input, such as the unit of a number */
  after?: (row: Readonly<Record<string, unknown>>) => string;
  /** a CSS grid track, such as `2fr` or `90px` */
  width?: string;
  /** shown below the row's main line, behind an arrow */
  detail?: boolean;
  /** text typed into the input to the row's value; throws where it cannot be one */
  parse?: (text: string) => unknown;
  /** the row's value as text for the input */
  show?: (value: unknown) => string;
}

/** The text that the input of a column shows for a value. */
export function textOf(column: Column, value: unknown): string {
  return (column.show ?? asText)(value);
}

/**
 * The value of a text typed into the input of a column. An empty input is a property that is not
 * there: undefined. A number that is none stays text for the check. Throws what the column's `parse`
 * throws.
 */
export function valueOf(column: Column, text: string): unknown {
  if (column.parse) return column.parse(text);
  if (text === '') return undefined;
  return column.kind === 'number' && Number.isFinite(Number(text)) ? Number(text) : text;
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
