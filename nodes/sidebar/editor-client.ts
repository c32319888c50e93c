import { adminPath } from '../shared/admin-path.ts';
import { failureText } from '../shared/editor/failure-text.ts';
import type { Translate } from '../shared/problem.ts';

/** Asks an admin route of Netmon. Rejects with an Error whose message is for people. */
export function ask<Answer>(
  method: 'GET' | 'POST' | 'DELETE',
  route: string,
  translate: Translate,
  body?: object,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    void $.ajax({
      url: adminPath(route),
      method,
      ...(body && { contentType: 'application/json', data: JSON.stringify(body) }),
    })
      .done(resolve)
      .fail((reply) => reject(new Error(failureText(reply, translate))));
  });
}
