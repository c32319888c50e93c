/**
 * The fields of a protocol in the config. The dialog checks with them too.
 * @typeParam Fields its part of the config, flat, in the dialog's types
 * @typeParam Checks a check for each field, which may look at the others and throws a FieldProblem
 */
export interface FieldSet<
  Fields extends object,
  Checks extends FieldChecks<Fields> = FieldChecks<Fields>,
> {
  defaults: Fields;
  checks: Checks;
  /**
   * the fields that hold JSONata or nothing, each with when it does: Node-RED's own checks its syntax, in
   * dialog and runtime
   */
  expressions?: Readonly<Record<string, (fields: Fields) => boolean>>;
  /** the port that is asked where neither the address nor the access has one */
  usualPort?: number;
}

type FieldChecks<Fields> = { [Name in keyof Fields]: (value: unknown, fields: Fields) => unknown };
