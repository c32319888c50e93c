import jsonata, { type Expression } from 'jsonata';
import { FieldProblem, Problem } from '../../shared/problem.ts';

/** expressions that are kept prepared */
const kept = 100;

/** Evaluates a JSONata expression. Rejects with a Problem where it is none, or where it fails. */
export type Evaluate = (source: string, input: unknown) => Promise<unknown>;

/**
 * Evaluates JSONata in a thread without Node-RED.
 * @param field the field that holds the expressions, for its problems
 * @param functions what an expression may call besides JSONata's own and `$clone`
 */
export function evaluator(
  field: string,
  functions: Record<string, (...args: unknown[]) => unknown> = {},
): Evaluate {
  const prepared = new Map<string, Expression>();

  function prepare(source: string): Expression {
    const known = prepared.get(source);
    if (known) return known;
    const expression = jsonata(source);
    for (const [name, call] of Object.entries(functions)) expression.assign(name, call);
    expression.registerFunction('clone', (value) => structuredClone(value) as unknown, '<(oa)-:o>');
    if (prepared.size >= kept) prepared.clear();
    prepared.set(source, expression);
    return expression;
  }

  return async (source, input) => {
    let expression: Expression;
    try {
      expression = prepare(source);
    } catch (error) {
      throw new FieldProblem(field, 'expression', source, { reason: messageOf(error) });
    }
    try {
      return (await expression.evaluate(input)) as unknown;
    } catch (error) {
      throw new Problem('jsonata', { reason: messageOf(error) });
    }
  };
}

// JSONata throws plain objects.
function messageOf(error: unknown): string {
  return String((error as { message?: string } | null)?.message);
}
