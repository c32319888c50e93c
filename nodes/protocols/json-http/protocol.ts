import { Problem } from '../../shared/problem.ts';
import type { Protocol } from '../protocol.ts';
import type { WebFields } from '../web/fields.ts';
import type { HttpAnswer } from '../web/transport.ts';
import { parseJson, Web, webSettings } from '../web/web.ts';
import { type HttpFields, httpFields } from './fields.ts';
import { type Mapping, mappingOf, readerOf } from './reader.ts';
import type { JsonHttpNetwork, Source } from './transport.ts';

interface HttpSettings {
  web: WebFields;
  mapping: Mapping;
  body: string;
}

/** characters of a body from which on it is not parsed here */
const large = 128 * 1024;

/** JSON over HTTP or HTTPS: the answer's body is the document, or a mapping makes one of it. */
export const http: Protocol<HttpFields, HttpSettings, JsonHttpNetwork> = {
  settings: (fields) => ({
    web: webSettings(fields),
    mapping: mappingOf(fields),
    body: httpFields.checks.body(fields.body),
  }),
  open({ web: settings, mapping, body }, secrets, network) {
    const web = new Web(settings, secrets, network);
    const closing = new AbortController();
    const read = readerOf(mapping, network.answers(closing.signal));
    // RFC 8040 has a type of its own for its JSON, and some devices know no other.
    const headers = { accept: 'application/json, application/yang-data+json' };
    const request =
      body === ''
        ? { method: 'GET' as const, headers }
        : {
            method: 'POST' as const,
            headers: { ...headers, 'content-type': 'application/json' },
            body,
          };
    return {
      async poll(address, signal, { answered, expressions }) {
        const answer = await web.request(address, request, signal);
        answered();
        const [source, now] = [sourceOf(answer), network.now()];
        const { snapshot, ...more } = await read({ source, now, expressions, signal });
        return { snapshot: { ...snapshot, countedAt: answer.arrived }, ...more };
      },
      asks: () => ({ protocol: web.scheme }),
      close() {
        closing.abort();
        return web.close();
      },
    };
  },
};

// Devices send JSON under any type: only where it is none does the type tell why.
function sourceOf({ type, body }: HttpAnswer): Source {
  const size = body.reduce((sum, piece) => sum + piece.length, 0);
  try {
    if (size <= large) return { document: parseJson(body) };
    if (/^\s*[[{"]/.test(body[0]!)) return { json: body };
    throw new Problem('notJson', { reason: body[0]!.slice(0, 20) });
  } catch (error) {
    if (type.includes('html')) throw new Problem('htmlAnswer', { type });
    if (!['', 'text/plain', 'application/octet-stream'].includes(type) && !type.includes('json')) {
      throw new Problem('contentType', { type });
    }
    throw error;
  }
}
