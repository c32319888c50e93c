import * as check from '../../shared/check.ts';
import { Problem, show } from '../../shared/problem.ts';
import { contains } from '../http-check/contains.ts';
import { meets, parseJsonCondition, valueAt } from '../http-check/json-condition.ts';
import { parseStatuses } from '../http-check/statuses.ts';
import { sample } from '../sample.ts';
import { checked } from '../service-check/answer.ts';
import { limitChecks, limitDefaults, type Limits } from '../service-check/limits.ts';
import type { Protocol } from './protocol.ts';
import { parseJson, Web, webChecks, webDefaults, type WebFields, webSettings } from './web.ts';

export const methods = ['GET', 'HEAD'] as const;

export interface HttpCheckFields extends WebFields, Pick<Limits, 'maxLatency'> {
  /** HEAD asks for no body, so the conditions on the body do not hold for it */
  method: (typeof methods)[number];
  /** such as `200-299, 304` */
  expectedStatus: string;
  /** what the body must contain, with `*` for any characters; may be empty */
  bodyContains: string;
  /** what it must not contain, likewise */
  bodyLacks: string;
  /** what the body, as JSON, must have: `status = "ok"`; may be empty */
  jsonCondition: string;
}

const optional = (field: string, value: unknown) =>
  value === '' || value === undefined ? '' : check.text(field, value);

const checks = {
  ...webChecks,
  maxLatency: limitChecks.maxLatency,
  method: (value: unknown) => check.oneOf('method', value, methods),
  expectedStatus: (value: unknown) => parseStatuses('expectedStatus', value),
  bodyContains: (value: unknown) => optional('bodyContains', value),
  bodyLacks: (value: unknown) => optional('bodyLacks', value),
  jsonCondition(value: unknown) {
    const text = optional('jsonCondition', value);
    return text === '' ? undefined : parseJsonCondition('jsonCondition', text);
  },
};

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
  defaults: {
    ...webDefaults,
    url: 'https://{address}/',
    method: 'GET',
    expectedStatus: '200-299',
    bodyContains: '',
    bodyLacks: '',
    jsonCondition: '',
    maxLatency: limitDefaults.maxLatency,
  },
  checks,
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
