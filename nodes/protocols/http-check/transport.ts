import type { WebNetwork } from '../web/transport.ts';

/** What an HTTP check needs: the web, and what evaluates conditions without holding up Node-RED. */
export interface HttpCheckNetwork extends WebNetwork {
  /** @param closing aborted once no more is to be evaluated */
  conditions(closing: AbortSignal): Conditions;
}

export interface Conditions {
  /**
   * Evaluates a JSONata expression, which has a body as its input.
   * @param body JSON, in pieces
   * Rejects with a Problem, or with the signal's reason once it is aborted.
   */
  evaluate(
    expression: string,
    body: readonly string[],
    signal: AbortSignal,
  ): Promise<ConditionResult>;
}

/** What came of an expression. */
export interface ConditionResult {
  /** whether it is true in the sense of JSONata's `$boolean` */
  holds: boolean;
  /** the value, for an error text */
  shown: string;
}
