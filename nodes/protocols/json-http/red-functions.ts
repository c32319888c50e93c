import type { Node, NodeAPI, NodeContextData } from 'node-red';
import type { Asked } from './worker-messages.ts';

/** What Node-RED answers to an expression that runs elsewhere, as it does to one of its own. */
export function redFunctions(util: NodeAPI['util'], node?: Node) {
  return (name: Asked, [key, store]: unknown[]): unknown => {
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
  };
}
