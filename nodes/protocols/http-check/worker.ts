// The thread that evaluates conditions on bodies, one at a time; condition-thread.ts starts and ends it.

import { parentPort } from 'node:worker_threads';
import { show } from '../../shared/problem.ts';
import { tell } from '../../shared/told-problem.ts';
import { evaluator } from '../thread/evaluator.ts';
import { parseAnswer } from '../web/parse-answer.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

const port = parentPort!;
const say = (message: FromWorker) => port.postMessage(message);
const evaluate = evaluator('jsonCondition');

let pieces: string[] = [];

port.on('message', (message: ToWorker) => {
  if (message.type === 'piece') pieces.push(message.piece);
  else void judge(message.expression);
});

async function judge(expression: string): Promise<void> {
  const body = pieces;
  pieces = [];
  try {
    const document = parseAnswer(body);
    say({ type: 'parsed' });
    const result = await evaluate(expression, document);
    const holds = (await evaluate('$boolean(result)', { result })) === true;
    say({ type: 'done', holds, shown: show(result) });
  } catch (error) {
    say({ type: 'failed', problem: tell(error) });
  }
}
