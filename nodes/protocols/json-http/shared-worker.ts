import { shared } from '../thread/shared.ts';
import { AnswerWorker } from './answer-worker.ts';

/** The worker that all device polls of this process share. */
export const sharedWorker = shared(() => new AnswerWorker());
