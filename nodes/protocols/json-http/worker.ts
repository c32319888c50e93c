// The thread that reads answers which may hold up Node-RED: large ones, and those that an expression
// of a user's own maps. It reads one at a time; answer-worker.ts starts it and ends it.

import { parentPort } from 'node:worker_threads';
import { tell } from '../../shared/told-problem.ts';
import { type NodeFunction, nodeFunctions } from '../expressions.ts';
import type { Answer } from '../protocol.ts';
import { evaluator } from '../thread/evaluator.ts';
import { parseAnswer } from '../web/parse-answer.ts';
import { readDocument } from './document.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

const port = parentPort!;
const say = (message: FromWorker) => port.postMessage(message);

/** rows that are sent at a time: the other side takes them in well under 5 ms */
const batch = 250;

let pieces: string[] = [];
/** what came of the answer and is still to be sent */
let sending: Generator<FromWorker> | undefined;
const questions = new Map<number, PromiseWithResolvers<unknown>>();
let count = 0;

function ask(name: NodeFunction, args: unknown[]): Promise<unknown> {
  const question = ++count;
  const answer = Promise.withResolvers<unknown>();
  questions.set(question, answer);
  say({ type: 'ask', question, name, args });
  return answer.promise;
}

const evaluate = evaluator(
  'mapping',
  Object.fromEntries(nodeFunctions.map((name) => [name, (...args: unknown[]) => ask(name, args)])),
);

port.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'piece':
      pieces.push(message.piece);
      break;
    case 'read':
      void read(message);
      break;
    case 'more':
      sendMore();
      break;
    case 'told':
      hear(message);
  }
});

function hear({ question, value, error }: Extract<ToWorker, { type: 'told' }>): void {
  const answer = questions.get(question);
  questions.delete(question);
  if (error === undefined) answer?.resolve(value);
  else answer?.reject(new Error(error));
}

async function read(message: Extract<ToWorker, { type: 'read' }>): Promise<void> {
  try {
    let { document } = message;
    if (pieces.length > 0) {
      say({ type: 'step', step: 'parsing' });
      const all = pieces;
      pieces = [];
      document = parseAnswer(all);
    }
    if (message.expression !== undefined) {
      say({ type: 'step', step: 'mapping' });
      const { expression } = message;
      document = await evaluate(expression, isOld(expression) ? { msg: document } : document);
    }
    say({ type: 'step', step: 'reading' });
    sending = messages(readDocument(document, message.now));
    sendMore();
  } catch (error) {
    say({ type: 'failed', problem: tell(error) });
  }
}

// As Node-RED tells an expression of its first days.
function isOld(source: string): boolean {
  return /(^|[^a-zA-Z0-9_'".])msg([^a-zA-Z0-9_'"]|$)/.test(source);
}

function sendMore(): void {
  const next = sending?.next();
  if (next?.value) say(next.value as FromWorker);
}

function* messages({ snapshot, problems, more }: Answer): Generator<FromWorker> {
  const { interfaces, readings, ...rest } = snapshot;
  for (const [list, all] of [
    ['interfaces', interfaces],
    ['readings', readings],
  ] as const) {
    if (!all) continue;
    // One message at least: an empty list is a list.
    for (let i = 0; i === 0 || i < all.length; i += batch) {
      yield { type: 'rows', list, rows: all.slice(i, i + batch) };
    }
  }
  yield { type: 'done', snapshot: rest, problems: problems.map(tell), more };
}
