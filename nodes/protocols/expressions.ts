/** The functions of an expression that only Node-RED's own thread can answer. */
export const nodeFunctions = ['flowContext', 'globalContext', 'env'] as const;
export type NodeFunction = (typeof nodeFunctions)[number];

/** Node-RED's own JSONata, with the context and the environment of the node that polls. */
export interface Expressions {
  /** Evaluates an expression within Node-RED. Rejects with a Problem where it is none, or where it fails. */
  evaluate(source: string, input: unknown): Promise<unknown>;
  /** Calls a function for an expression that runs in another thread. */
  call(name: NodeFunction, args: unknown[]): unknown;
}
