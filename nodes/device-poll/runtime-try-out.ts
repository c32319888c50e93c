import type { NodeAPI } from 'node-red';
import { openEdited } from '../device-access/runtime.ts';
import * as check from '../shared/check.ts';
import { toDevice } from '../shared/devices/devices.ts';
import { errorText } from '../shared/problem.ts';
import { addAdminRoute, type AdminRequest } from '../shared/red/admin-route.ts';
import { summaryOf } from './result-summary.ts';
import { nodeExpressions } from './runtime-expressions.ts';
import { tryOut, type TryOutAnswer, type TryOutRequest } from './try-out.ts';

/** readings shown of a device that has more */
const maxReadings = 200;

/** Adds the route behind the dialog's Test button. */
export function addTryOutRoute(RED: NodeAPI): void {
  addAdminRoute(RED, 'POST device-poll/try-out', (request) => answer(RED, request));
}

async function answer(
  RED: NodeAPI,
  { body, signal, translate }: AdminRequest,
): Promise<TryOutAnswer> {
  const request = check.object('settings', body) as unknown as TryOutRequest;
  const device = toDevice(request.device);
  const expressions = nodeExpressions(RED.util);
  const access = openEdited(RED, request.access);
  try {
    const { readings, problem } = await tryOut(
      device,
      { poll: (address, ending) => access.poll(address, ending, expressions) },
      translate,
      signal,
    );
    return {
      summary: summaryOf(readings),
      readings: readings.slice(0, maxReadings),
      ...(problem && { problem: errorText(problem, translate) }),
    };
  } finally {
    await access.close();
  }
}
