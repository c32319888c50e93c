import type { NodeAPI } from 'node-red';
import type { Secrets } from '../device-access/protocols/protocol.ts';
import { transports } from '../device-access/transports/index.ts';
import * as check from '../shared/check.ts';
import { errorText, Problem, type Translate } from '../shared/problem.ts';
import { checks } from './config.ts';
import { toDevice } from './devices.ts';
import { jsonataMapping } from './jsonata-mapping.ts';
import { accessOf, tryOut, type TryOutAnswer, type TryOutRequest } from './try-out.ts';

/** Adds the route behind the dialog's Test button. */
export function addTryOutRoute(RED: NodeAPI): void {
  const translate: Translate = (key, params) => RED._(key, params ?? {});
  const permission = RED.auth.needsPermission('netmon-device-poll.write');

  RED.httpAdmin.post('/netmon/device-poll/test', permission, (request, response) => {
    const left = new AbortController();
    response.on('close', () => left.abort());
    answer(request.body, left.signal).then(
      (told) => response.json(told),
      (error: unknown) => response.status(400).json({ error: errorText(error, translate) }),
    );
  });

  async function answer(body: unknown, signal: AbortSignal): Promise<TryOutAnswer> {
    const request = check.object('settings', body) as unknown as TryOutRequest;
    const device = toDevice(request.device);
    if (typeof request.access !== 'object' || request.access === null)
      throw new Problem('noAccess');
    const mapping =
      checks.mappingType(request.mappingType) === 'jsonata'
        ? jsonataMapping(request.mapping, RED.util)
        : (document: unknown) => document;
    const stored = (RED.nodes.getCredentials(request.access.id) ?? {}) as Secrets;
    const access = accessOf(request.access, stored, transports);
    try {
      const { readings, problem } = await tryOut(device, access, mapping, translate, signal);
      return { readings, ...(problem && { problem: errorText(problem, translate) }) };
    } finally {
      await access.close();
    }
  }
}
