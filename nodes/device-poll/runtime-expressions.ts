import type { Node, NodeAPI, NodeContextData, NodeMessage } from 'node-red';
import type { Expressions, NodeFunction } from '../protocols/expressions.ts';
import { FieldProblem, Problem } from '../shared/problem.ts';

/** ms that one evaluation may take */
const limit = 2000;
/** ms after which an evaluation lets others run */
const slice = 4;

type Util = NodeAPI['util'];

type Expression = ReturnType<Util['prepareJSONataExpression']>;
type Evaluate = (input: unknown) => Promise<unknown>;

/**
 * Node-RED's own JSONata.
 * @param node whose environment variables and context an expression may read
 */
export function nodeExpressions(util: Util, node?: Node): Expressions {
  const prepared = new Map<string, Evaluate>();
  return {
    async evaluate(source, input) {
      let evaluate = prepared.get(source);
      if (!evaluate) prepared.set(source, (evaluate = evaluator(source, util, node)));
      return evaluate(input);
    },
    call: (name, args) => call(name, args, util, node),
  };
}

/**
 * Evaluations come one after the other. JSONata calls a hook at each step (its own playground stops
 * endless ones so): there the evaluation makes way for Node-RED every few milliseconds, and ends at its time
 * limit. What no hook can end is a single long call, such as a slow regular expression: so only what must
 * is evaluated here.
 */
function evaluator(source: string, util: Util, node?: Node): Evaluate {
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
  return (input) => {
    const result = last.then(() => {
      began = resumed = performance.now();
      return evaluate(expression, input, util);
    });
    last = result.catch(() => {});
    return result;
  };
}

// Throws a FieldProblem where it is none.
function prepare(source: string, util: Util, node?: Node): Expression {
  try {
    return util.prepareJSONataExpression(source, node!);
  } catch (error) {
    const reason = (error as { message: string }).message;
    throw new FieldProblem('mapping', 'expression', source, { reason });
  }
}

function evaluate(expression: Expression, input: unknown, util: Util): Promise<unknown> {
  return new Promise((resolve, reject) => {
    util.evaluateJSONataExpression(expression, input as NodeMessage, (error: unknown, result) => {
      // JSONata throws plain objects.
      const reason = (error as { message?: string } | null)?.message;
      if (!error) {
        resolve(result);
      } else {
        reject(
          error instanceof Problem ? error : new Problem('jsonata', { reason: String(reason) }),
        );
      }
    });
  });
}

// What Node-RED gives to one of its own expressions.
function call(name: NodeFunction, [key, store]: unknown[], util: Util, node?: Node): unknown {
  if (name === 'env') return util.evaluateNodeProperty(String(key), 'env', node!, {}) ?? '';
  if (!node) return '';
  return fromContext(name === 'flowContext' ? node.context().flow : node.context().global);

  function fromContext(context: NodeContextData): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const told = (error: Error | null, value: unknown) =>
        error ? reject(error) : resolve(value);
      context.get(String(key), store as string | undefined, told as () => void);
    });
  }
}
