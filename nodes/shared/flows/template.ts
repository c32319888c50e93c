import { kind, kindsOf, type TemplateField } from './fields.ts';

/** fields of a template; the largest that vendors have are about a hundred */
const mostFields = 1000;
const variable = 65535;

/** A template, made ready to decode records by. */
export interface Template {
  id: number;
  /** whether its records are options: about the exporter, not flows */
  isOptions: boolean;
  fields: readonly TemplateField[];
  /** octets of a record, or its least where a field has no length of its own */
  length: number;
  /** whether a field has none */
  isVariable: boolean;
  /**
   * three numbers for each field that is decoded: its kind, its place in the record and its length. Where the
   * template has variable lengths, all its fields, without a place
   */
  plan: Int32Array;
}

/** Makes a template; undefined where no record can be decoded by it. */
export function makeTemplate(
  id: number,
  isOptions: boolean,
  fields: readonly TemplateField[],
): Template | undefined {
  if (fields.length === 0 || fields.length > mostFields) return undefined;
  const kinds = kindsOf(fields);
  const isVariable = fields.some(({ length }) => length === variable);
  const plan: number[] = [];
  let length = 0;
  for (const [i, field] of fields.entries()) {
    const means = usable(kinds[i]!, field.length);
    if (isVariable || means !== kind.skip) plan.push(means, length, field.length);
    // At the least one octet says how long it is.
    length += field.length === variable ? 1 : field.length;
  }
  // Records without length would never end.
  if (length === 0) return undefined;
  return { id, isOptions, fields, length, isVariable, plan: Int32Array.from(plan) };
}

// A kind with a length that it cannot have is none.
function usable(means: number, length: number): number {
  switch (means) {
    case kind.source4:
    case kind.destination4:
      return length === 4 ? means : kind.skip;
    case kind.source6:
    case kind.destination6:
      return length === 16 ? means : kind.skip;
    case kind.firstFraction:
    case kind.lastFraction:
      return length === 8 ? means : kind.skip;
    case kind.interfaceName:
    case kind.interfaceDescription:
    case kind.applicationName:
    case kind.section:
    case kind.ipSection:
      return means;
    default:
      // Numbers may be shorter than their type (RFC 7011, section 6.2).
      return length >= 1 && length <= 8 ? means : kind.skip;
  }
}
