import type { NodeAPI } from 'node-red';
import * as check from '../shared/check.ts';
import { readRequest, requestDefaults } from '../shared/history/request.ts';
import { Problem } from '../shared/problem.ts';
import { openHistories } from '../shared/red/history-node.ts';
import { episodes } from './past.ts';
import { type Replay, replay, type ReplayOptions } from './replay.ts';

/**
 * Answers `msg.replay`: what rules would have told of a period, from the first history of the flows that has readings of
 * it. Rejects with a Problem where the period is not understood or none has.
 * @param asked from when on, such as `7d`, or `{ from, to }`, as history-read takes them
 */
export async function answerReplay(
  RED: NodeAPI,
  asked: unknown,
  options: Omit<ReplayOptions, 'from' | 'to'>,
): Promise<Replay & { fired: number }> {
  const span =
    typeof asked === 'string' ? { from: asked } : check.object('replay', asked, ['from', 'to']);
  const request = { ...requestDefaults, ...span, step: 'raw' };
  const { from, to } = readRequest(request, Date.now()).query;
  for (const history of await openHistories(RED)) {
    const done = await replay(history, { ...options, from, to });
    if (done.readings > 0) return { ...done, fired: episodes(done.alerts) };
  }
  throw new Problem('nothingToReplay');
}
