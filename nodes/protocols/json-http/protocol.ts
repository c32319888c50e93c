import { Problem } from '../../shared/problem.ts';
import { type HttpFields, httpFields } from './fields.ts';
import type { DocumentAnswer, Protocol } from '../protocol.ts';
import type { HttpAnswer, WebNetwork } from '../web/transport.ts';
import { parseJson, Web, webSettings } from '../web/web.ts';

/** characters of a body from which on it is not parsed here */
const large = 128 * 1024;

/** JSON over HTTP or HTTPS: the answer's body is the document. */
export const http: Protocol<HttpFields, HttpFields, WebNetwork> = {
  settings: (fields) => ({ ...webSettings(fields), body: httpFields.checks.body(fields.body) }),
  open(settings, secrets, network) {
    const web = new Web(settings, secrets, network);
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
        const answer = await web.request(address, request, signal);
        return { ...documentOf(answer), countedAt: answer.arrived };
      },
      close: () => web.close(),
    };
  },
};

// Devices send JSON under any type: only where it is none does the type tell why.
function documentOf({ type, body }: HttpAnswer): DocumentAnswer {
  const size = body.reduce((sum, piece) => sum + piece.length, 0);
  try {
    if (size <= large) return { document: parseJson(body) };
    if (/^\s*[[{"]/.test(body[0]!)) return { json: body };
    throw new Problem('notJson', { reason: body[0]!.slice(0, 20) });
  } catch (error) {
    if (type.includes('html')) throw new Problem('htmlAnswer', { type });
    if (!['', 'text/plain', 'application/octet-stream'].includes(type) && !type.includes('json'))
      throw new Problem('contentType', { type });
    throw error;
  }
}
