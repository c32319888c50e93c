import { shared } from '../thread/shared.ts';
import { webNetwork } from '../web/network.ts';
import { AnswerWorker } from './answer-worker.ts';
import type { JsonHttpNetwork } from './transport.ts';

/** HTTP of this machine, and one thread for the answers to all accesses of this process. */
export const jsonHttpNetwork: JsonHttpNetwork = {
  ...webNetwork,
  answers: shared(() => new AnswerWorker()),
};
