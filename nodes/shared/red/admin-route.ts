import type { NodeAPI } from 'node-red';
import { adminPath } from '../admin-path.ts';
import { errorText, type Translate } from '../problem.ts';
import { translator } from './translate.ts';

/** What an admin route has to answer with. */
export interface AdminRequest {
  /** of any shape, for anyone may send it */
  body: unknown;
  /** what stands in the path in the places of `:name` */
  params: Readonly<Record<string, string>>;
  /** of any shape */
  query: Readonly<Record<string, unknown>>;
  /** aborted once nobody waits for the answer any more */
  signal: AbortSignal;
  translate: Translate;
}

/** A method and a path within Netmon's, such as `POST device-poll/try-out` or `GET look/:id`. */
type AdminRoute = `${'GET' | 'POST' | 'DELETE'} ${string}`;

/**
 * Adds an admin route. What `answer` returns or resolves to is sent as JSON; where it throws or rejects, `{ error }` with the error's
 * text in the user's language and the status 400.
 * @param right who may ask: those who may change nodes of its type, or also those who may only read.
 * `POST device-poll/try-out` needs the permission `netmon-device-poll.write`
 */
export function addAdminRoute(
  RED: NodeAPI,
  route: AdminRoute,
  answer: (request: AdminRequest) => unknown,
  right: 'read' | 'write' = 'write',
): void {
  const translate = translator(RED);
  const [method, path] = route.split(' ') as [string, string];
  const [name] = path.split('/') as [string];
  const permission = RED.auth.needsPermission(`netmon-${name}.${right}`);
  const verb = method.toLowerCase() as 'get' | 'post' | 'delete';
  RED.httpAdmin[verb](`/${adminPath(path)}`, permission, (request, response) => {
    const { body, params, query } = request as Pick<AdminRequest, 'body' | 'params' | 'query'>;
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const asked = { body, params, query, signal: gone.signal, translate };
    new Promise((resolve) => resolve(answer(asked))).then(
      (told) => response.json(told),
      (error: unknown) => response.status(400).json({ error: errorText(error, translate) }),
    );
  });
}
