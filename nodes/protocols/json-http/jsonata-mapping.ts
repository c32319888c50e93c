import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { FieldProblem, Problem } from '../../shared/problem.ts';
import type { Mapping } from './reader.ts';

/** ms that one evaluation may take */
const limit = 2000;
/** ms after which an evaluation lets others run */
const slice = 4;

type Util = NodeAPI['util'];

/**
 * A mapping by a JSONata expression, which has the device's answer as its input. Evaluations come
 * one after the other. JSONata calls a hook at each step (its own playground stops endless ones so):
 * there the evaluation makes way for Node-RED every few milliseconds, and ends at its time limit.
 * What no hook can end is a single long call, such as a slow regular expression: so only what must
 * runs here, and the rest in the worker.
 * @param node whose environment variables and context the expression may read
 */
export function jsonataMapping(source: string, util: Util, node?: Node): Mapping {
  const expression = prepare(source, util, node);
  let began = 0;
  let resumed = 0;
  const hook = () => {
    const now = performance.now();
    if (now - began > limit) throw new Problem('jsonataTime', { seconds: limit / 1000 });
    if (now - resumed < slice) return undefined;
    return new Promise<void>((resolve) => {
      setImmediate(() => {
        resumed = performance.now();
        resolve();
      });
    });
  };
  // Its name is a symbol in newer versions of JSONata, which Node-RED's types do not know.
  const assign = expression.assign.bind(expression) as (name: unknown, value: unknown) => void;
  assign('__evaluate_entry', hook);
  assign(Symbol.for('jsonata.__evaluate_entry'), hook);

  let last: Promise<unknown> = Promise.resolve();
  return (answer) => {
    const result = last.then(() => {
      began = resumed = performance.now();
      return evaluate(expression, answer, util);
    });
    last = result.catch(() => {});
    return result;
  };
}

type Expression = ReturnType<Util['prepareJSONataExpression']>;

/** Whether an expression uses what only Node-RED's own thread has. */
export function needsNodeRed(source: string): boolean {
  return /\$moment\b/.test(source);
}

/** Prepares an expression as Node-RED does. Throws a FieldProblem where it is none. */
export function prepare(source: string, util: Util, node?: Node): Expression {
  try {
    return util.prepareJSONataExpression(source, node!);
  } catch (error) {
    const reason = (error as { message: string }).message;
    throw new FieldProblem('mapping', 'expression', source, { reason });
  }
}

function evaluate(expression: Expression, answer: unknown, util: Util): Promise<unknown> {
  return new Promise((resolve, reject) => {
    util.evaluateJSONataExpression(expression, answer as NodeMessage, (error: unknown, result) => {
      // JSONata throws plain objects.
      const reason = (error as { message?: string } | null)?.message;
      if (!error) resolve(result);
      else
        reject(
          error instanceof Problem ? error : new Problem('jsonata', { reason: String(reason) }),
        );
    });
  });
}
