import { FieldProblem } from './problem.ts';

/** Node-RED's JSONata: that of its editor or of its runtime. It throws where an expression is none. */
export type ParseExpression = (expression: string) => unknown;

/** Checks the syntax of a JSONata expression. Throws a FieldProblem. */
export function checkSyntax(field: string, expression: string, parse: ParseExpression): void {
  try {
    parse(expression);
  } catch (error) {
    const { message: reason } = error as { message: string };
    throw new FieldProblem(field, 'expression', expression, { reason });
  }
}
