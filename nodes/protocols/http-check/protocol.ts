import { type HttpCheckFields, httpCheckFields } from './fields.ts';
import type { WebFields } from '../web/fields.ts';
import { BodyCheck, type BodyConditions } from './body-check.ts';
import { sample } from '../sample.ts';
import { checked } from '../service-check/answer.ts';
import type { Protocol } from '../protocol.ts';
import type { WebNetwork } from '../web/transport.ts';
import { parseJson, Web, webSettings } from '../web/web.ts';

const { checks } = httpCheckFields;

interface HttpCheckSettings {
  web: WebFields;
  method: HttpCheckFields['method'];
  accepts: (status: number) => boolean;
  maxLatency: number;
  /** undefined where the body does not matter */
  conditions: BodyConditions | undefined;
}

/** Whether a web server answers in time with the right status and content. */
export const httpCheck: Protocol<HttpCheckFields, HttpCheckSettings, WebNetwork> = {
  settings(fields) {
    const method = checks.method(fields.method);
    return {
      web: webSettings(fields),
      method,
      accepts: checks.expectedStatus(fields.expectedStatus),
      maxLatency: checks.maxLatency(fields.maxLatency),
      conditions: method === 'GET' ? bodyConditions(fields) : undefined,
    };
  },
  open({ web: settings, method, accepts, maxLatency, conditions }, secrets, network) {
    const web = new Web(settings, secrets, network, { fresh: true });
    const request = { method, accepts, anyHost: true, headers: { accept: '*/*' } };
    return {
      async poll(address, signal) {
        const check = conditions && new BodyCheck(conditions);
        const read = check ? (piece: string) => check.take(piece) : (false as const);
        const { body, duration } = await web.request(address, { ...request, read }, signal);
        const down = check?.verdict(() => parseJson(body));
        return checked(network.now(), [sample('latency', duration)], { maxLatency }, down);
      },
      close: () => web.close(),
    };
  },
};

function bodyConditions(fields: HttpCheckFields): BodyConditions | undefined {
  const contains = checks.bodyContains(fields.bodyContains);
  const lacks = checks.bodyLacks(fields.bodyLacks);
  const json = checks.jsonCondition(fields.jsonCondition);
  if (contains === '' && lacks === '' && !json) return undefined;
  return { contains, lacks, json, jsonText: fields.jsonCondition };
}
