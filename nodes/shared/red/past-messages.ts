import type { EventEmitter } from 'node:events';
import type { PastAlert } from '../../contract/alert.ts';

/** Alerts that a check would have told of, and whom. */
export interface PastAlerts {
  /** ms since the Unix epoch */
  from: number;
  to: number;
  alerts: readonly PastAlert[];
  /** the nodes that would have got them, by their ids */
  behind: ReadonlySet<string>;
}

const name = 'netmon:past-alerts';

interface Question extends PastAlerts {
  answers: Promise<number>[];
}

/**
 * Asks on Node-RED's own bus, as `tellPoll` tells, how many messages people would have got of past alerts. Undefined
 * where nobody is behind the check who sends any.
 */
export async function askPastMessages(
  bus: EventEmitter,
  past: PastAlerts,
): Promise<number | undefined> {
  const question: Question = { ...past, answers: [] };
  bus.emit(name, question);
  if (question.answers.length === 0) return undefined;
  const counts = await Promise.all(question.answers);
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Answers for a node how many messages it would have sent. Returns what ends it. */
export function answerPastMessages(
  bus: EventEmitter,
  node: string,
  count: (past: PastAlerts) => Promise<number>,
): () => void {
  const answer = (question: Question) => {
    if (question.behind.has(node)) question.answers.push(count(question));
  };
  bus.on(name, answer);
  return () => bus.off(name, answer);
}
