import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { tell } from '../../told-problem.ts';
import type { AskedQuery } from '../store/messages.ts';
import type { Answer } from '../store/query.ts';
import { run } from './analysis.ts';
import { analysisOf } from './index.ts';
import type { FromAnalysis, ThreadWork } from './messages.ts';

// The thread of one analysis of a history that is elsewhere.

const port = parentPort!;

function send(message: FromAnalysis): void {
  port.postMessage(message);
}

async function answerTo(query: AskedQuery): Promise<Answer> {
  const answered = once(port, 'message') as Promise<[Answer]>;
  send({ type: 'ask', query });
  const [answer] = await answered;
  return answer;
}

async function start({ name, request }: ThreadWork): Promise<void> {
  try {
    const result = await run(analysisOf(name, request), answerTo, () => undefined);
    send({ type: 'analysed', result });
  } catch (error) {
    send({ type: 'failed', problem: tell(error) });
  }
}

void start(workerData as ThreadWork);
