import jsonata, { type Expression } from 'jsonata';
import { FieldProblem, Problem } from '../../shared/problem.ts';
import { type Asked, asked } from './worker-messages.ts';

/** expressions that are kept prepared */
const kept = 100;

/**
 * Maps answers by JSONata expressions as Node-RED would, in a thread without Node-RED.
 * @param ask what a function gives that only Node-RED can answer
 */
export function threadMapping(ask: (name: Asked, args: unknown[]) => Promise<unknown>) {
  const prepared = new Map<string, Expression>();

  function prepare(source: string): Expression {
    const known = prepared.get(source);
    if (known) return known;
    const expression = jsonata(source);
    for (const name of asked) expression.assign(name, (...args: unknown[]) => ask(name, args));
    expression.registerFunction('clone', (value) => structuredClone(value) as unknown, '<(oa)-:o>');
    if (prepared.size >= kept) prepared.clear();
    prepared.set(source, expression);
    return expression;
  }

  return async (source: string, answer: unknown): Promise<unknown> => {
    let expression: Expression;
    try {
      expression = prepare(source);
    } catch (error) {
      throw new FieldProblem('mapping', 'expression', source, { reason: messageOf(error) });
    }
    try {
      return await expression.evaluate(isOld(source) ? { msg: answer } : answer);
    } catch (error) {
      throw new Problem('jsonata', { reason: messageOf(error) });
    }
  };
}

// JSONata throws plain objects.
function messageOf(error: unknown): string {
  return String((error as { message?: string } | null)?.message);
}

// As Node-RED tells an expression of its first days.
function isOld(source: string): boolean {
  return /(^|[^a-zA-Z0-9_'".])msg([^a-zA-Z0-9_'"]|$)/.test(source);
}
