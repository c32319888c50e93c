/**
 * The fields of a protocol in the config. The dialog checks with them too.
 * @typeParam Fields its part of the config, flat, in the dialog's types
 */
export interface FieldSet<Fields extends object> {
  defaults: Fields;
  /** A check for each field, which throws a FieldProblem. */
  checks: { [Name in keyof Fields]: (value: unknown) => unknown };
}
