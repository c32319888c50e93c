import type { NodeFunction } from '../expressions.ts';
import type { Answer } from '../protocol.ts';
import type { WebNetwork } from '../web/transport.ts';

/** What JSON over HTTP needs: the web, and what reads answers without holding up Node-RED. */
export interface JsonHttpNetwork extends WebNetwork {
  /** @param closing aborted once no more is to be read */
  answers(closing: AbortSignal): AnswerThread;
}

export interface AnswerThread {
  /** Reads an answer. Rejects with a Problem, or with the signal's reason once it is aborted. */
  read(task: Task): Promise<Answer>;
}

/** What an answer is read from: JSON in pieces of text, or a value already parsed. */
export type Source = { json: readonly string[] } | { document: unknown };

export interface Task {
  source: Source;
  /** JSONata, from the answer to the document; none where it is one */
  expression?: string;
  /** ms since the Unix epoch */
  now: number;
  /** calls a function of the expression that only Node-RED has */
  ask: (name: NodeFunction, args: unknown[]) => unknown;
  signal: AbortSignal;
}
