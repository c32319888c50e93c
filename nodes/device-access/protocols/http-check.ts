import { type HttpCheckFields, httpCheckFields } from '../fields/http-check.ts';
import type { WebFields } from '../fields/web.ts';
import { Problem, show } from '../../shared/problem.ts';
import { contains } from '../http-check/contains.ts';
import { meets, valueAt } from '../http-check/json-condition.ts';
import { sample } from '../sample.ts';
import { checked } from '../service-check/answer.ts';
import type { Protocol } from './protocol.ts';
import { parseJson, Web, webSettings } from './web.ts';

const { checks } = httpCheckFields;

interface HttpCheckSettings {
  web: WebFields;
  method: HttpCheckFields['method'];
  accepts: (status: number) => boolean;
  maxLatency: number;
  /** what is wrong with a body */
  judge: (body: string) => Problem | undefined;
}

/** Whether a web server answers in time with the right status and content. */
export const httpCheck: Protocol<HttpCheckFields, HttpCheckSettings> = {
  settings(fields) {
    const method = checks.method(fields.method);
    return {
      web: webSettings(fields),
      method,
      accepts: checks.expectedStatus(fields.expectedStatus),
      maxLatency: checks.maxLatency(fields.maxLatency),
      judge: method === 'GET' ? bodyJudge(fields) : () => undefined,
    };
  },
  open({ web: settings, method, accepts, maxLatency, judge }, secrets, transports) {
    const web = new Web(settings, secrets, transports, { fresh: true });
    const request = { method, accepts, headers: { accept: '*/*' } };
    return {
      async poll(address, signal) {
        const { body, duration } = await web.request(address, request, signal);
        const down = judge(body);
        return checked(transports.now(), [sample('latency', duration)], { maxLatency }, down);
      },
      close: () => web.close(),
    };
  },
};

function bodyJudge(fields: HttpCheckFields): HttpCheckSettings['judge'] {
  const wanted = checks.bodyContains(fields.bodyContains);
  const unwanted = checks.bodyLacks(fields.bodyLacks);
  const condition = checks.jsonCondition(fields.jsonCondition);
  return (body) => {
    if (!contains(body, wanted)) return new Problem('bodyText', { text: show(wanted) });
    if (unwanted !== '' && contains(body, unwanted))
      return new Problem('bodyOther', { text: show(unwanted) });
    if (!condition) return undefined;
    const document = parseJson(body);
    if (meets(document, condition)) return undefined;
    return new Problem('bodyCondition', {
      condition: fields.jsonCondition.trim(),
      actual: show(valueAt(document, condition.path)),
    });
  };
}
