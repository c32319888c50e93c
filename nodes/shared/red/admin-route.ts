import type { NodeAPI } from 'node-red';
import { type AdminRoute, adminPath } from '../admin-path.ts';
import { errorText, type Translate } from '../problem.ts';

/** What an admin route has to answer with. */
export interface AdminRequest {
  /** of any shape, for anyone may send it */
  body: unknown;
  /** aborted once nobody waits for the answer any more */
  signal: AbortSignal;
  translate: Translate;
}

/**
 * Adds an admin route for whoever may change nodes of its type: `device-poll/try-out` needs the permission
 * `netmon-device-poll.write`. What `answer` resolves to is sent as JSON; where it rejects, `{ error }` with
 * the error's text in the user's language and the status 400.
 */
export function addAdminRoute(
  RED: NodeAPI,
  route: AdminRoute,
  answer: (request: AdminRequest) => Promise<unknown>,
): void {
  const translate: Translate = (key, params) => RED._(key, params ?? {});
  const [node] = route.split('/') as [string];
  const permission = RED.auth.needsPermission(`netmon-${node}.write`);
  RED.httpAdmin.post(`/${adminPath(route)}`, permission, (request, response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    answer({ body: request.body, signal: gone.signal, translate }).then(
      (told) => response.json(told),
      (error: unknown) => response.status(400).json({ error: errorText(error, translate) }),
    );
  });
}
