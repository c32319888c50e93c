import { fieldSets } from '../protocols/fields.ts';
import { checkSyntax, type ParseExpression } from '../shared/expression.ts';
import { type AccessConfig, checks } from './config.ts';
import { isShown } from './shown-fields.ts';

type Conditions = Readonly<Record<string, (values: AccessConfig) => boolean>>;

/** Checks the syntax of what is JSONata among the fields of an access. Throws a FieldProblem. */
export function checkExpressions(values: AccessConfig, parse: ParseExpression): void {
  const { expressions = {} } = fieldSets[checks.protocol(values.protocol)];
  for (const name of Object.keys(expressions)) checkExpression(name, values, parse);
}

/** The same for one field, whichever it is. */
export function checkExpression(name: string, values: AccessConfig, parse: ParseExpression): void {
  const expressions: Conditions = fieldSets[values.protocol].expressions ?? {};
  if (!expressions[name]?.(values) || !isShown(name, values)) return;
  const value = values[name as keyof AccessConfig];
  if (typeof value === 'string' && value.trim() !== '') checkSyntax(name, value, parse);
}
