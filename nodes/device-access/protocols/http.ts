import { FieldProblem, Problem } from '../../shared/problem.ts';
import type { HttpAnswer, Protocol } from './protocol.ts';
import { parseJson, Web, webChecks, webDefaults, type WebFields, webSettings } from './web.ts';

export interface HttpFields extends WebFields {
  /** JSON to send with a POST request; a GET request where it is empty */
  body: string;
}

const checks = {
  ...webChecks,
  body(value: unknown) {
    if (value === '' || value === undefined) return '';
    try {
      JSON.parse(value as string);
    } catch {
      throw new FieldProblem('body', 'json', value);
    }
    return value as string;
  },
};

/** JSON over HTTP or HTTPS: the answer's body is the document. */
export const http: Protocol<HttpFields, HttpFields> = {
  defaults: { ...webDefaults, url: 'https://{address}/api/v1/interfaces/metrics', body: '' },
  checks,
  settings: (fields) => ({ ...webSettings(fields), body: checks.body(fields.body) }),
  open(settings, secrets, transports) {
    const web = new Web(settings, secrets, transports);
    // RFC 8040 has a type of its own for its JSON, and some devices know no other.
    const headers = { accept: 'application/json, application/yang-data+json' };
    const request =
      settings.body === ''
        ? { method: 'GET' as const, headers }
        : {
            method: 'POST' as const,
            headers: { ...headers, 'content-type': 'application/json' },
            body: settings.body,
          };
    return {
      async poll(address, signal) {
        return { document: documentOf(await web.request(address, request, signal)) };
      },
      close: () => web.close(),
    };
  },
};

// Many devices send JSON as text or without a type.
function documentOf({ type, body }: HttpAnswer): unknown {
  if (type.includes('html')) throw new Problem('htmlAnswer', { type });
  if (!['', 'text/plain', 'application/octet-stream'].includes(type) && !type.includes('json'))
    throw new Problem('contentType', { type });
  return parseJson(body);
}
