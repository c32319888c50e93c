import { Problem } from '../../shared/problem.ts';
import { oneLine } from '../../shared/text.ts';
import type { Protocol } from '../protocol.ts';
import { sample } from '../sample.ts';
import { checked } from '../service-check/answer.ts';
import type { WebFields } from '../web/fields.ts';
import { Web, webSettings } from '../web/web.ts';
import { BodyCheck, type BodyConditions } from './body-check.ts';
import { type HttpCheckFields, httpCheckFields } from './fields.ts';
import type { Conditions, HttpCheckNetwork } from './transport.ts';

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
export const httpCheck: Protocol<HttpCheckFields, HttpCheckSettings, HttpCheckNetwork> = {
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
    const closing = new AbortController();
    const json = conditions?.json ? network.conditions(closing.signal) : undefined;
    const request = { method, accepts, anyHost: true, headers: { accept: '*/*' } };
    return {
      async poll(address, signal) {
        const check = conditions && new BodyCheck(conditions);
        const read = check ? (piece: string) => check.take(piece) : (false as const);
        const { body, duration } = await web.request(address, { ...request, read }, signal);
        const down =
          check?.verdict() ?? (json && (await unmet(json, conditions!.json, body, signal)));
        return checked(network.now(), [sample('latency', duration)], { maxLatency }, down);
      },
      asks: () => ({ check: web.scheme }),
      close() {
        closing.abort();
        return web.close();
      },
    };
  },
};

async function unmet(
  conditions: Conditions,
  condition: string,
  body: readonly string[],
  signal: AbortSignal,
): Promise<Problem | undefined> {
  const { holds, shown } = await conditions.evaluate(condition, body, signal);
  if (holds) return undefined;
  return new Problem('bodyCondition', { condition: oneLine(condition, 200), actual: shown });
}

function bodyConditions(fields: HttpCheckFields): BodyConditions | undefined {
  const contains = checks.bodyContains(fields.bodyContains);
  const lacks = checks.bodyLacks(fields.bodyLacks);
  const json = checks.jsonCondition(fields.jsonCondition);
  return contains + lacks + json === '' ? undefined : { contains, lacks, json };
}
