import { adminPath } from '../admin-path.ts';
import type { Translate } from '../problem.ts';
import { failureText } from './failure-text.ts';

/**
 * Asks the runtime at the path of an admin route, which answers JSON, and `{ error: text }` with a status of 400 or more where it
 * fails. Rejects with an error whose message tells why, in the user's language.
 */
export async function ask<Answer>(
  path: string,
  body: unknown,
  translate: Translate,
): Promise<Answer> {
  const asked = $.ajax({
    url: adminPath(path),
    method: 'POST',
    contentType: 'application/json',
    data: JSON.stringify(body),
  });
  try {
    return (await asked) as Answer;
  } catch {
    throw new Error(failureText(asked, translate));
  }
}
