import { tokenNetworkProblem, tokenProblem } from './token-problem.ts';
import type { TokenRequest } from './token-request.ts';

/** s that a token server has for its answer */
const patience = 20;
/** bytes of an answer at most; tokens have a few thousand */
const mostBytes = 200_000;

/** What a token server answered, in the names of RFC 6749 and RFC 8628. */
export type Answer = Record<string, unknown>;

/**
 * Asks a token server. Redirects are refused, for a secret goes to nobody else.
 * @param pending errors that are no failure but an answer, such as `authorization_pending`
 * @throws SmtpProblem, or the signal's reason once it is aborted
 */
export async function ask(
  { url, form }: TokenRequest,
  signal: AbortSignal,
  pending: readonly string[] = [],
): Promise<Answer> {
  const server = new URL(url).host;
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience * 1000)]),
    });
    text = await limited(response);
  } catch (error) {
    signal.throwIfAborted();
    throw tokenNetworkProblem(server, error);
  }
  const answer = parsed(text);
  if (response.ok && answer) return answer;
  const error = typeof answer?.error === 'string' ? answer.error : '';
  if (answer && pending.includes(error)) return answer;
  const description = answer?.error_description;
  throw tokenProblem(server, response.ok ? 502 : response.status, {
    error,
    description: typeof description === 'string' ? description.split('\r\n')[0]! : '',
  });
}

async function limited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > mostBytes) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parsed(text: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Answer)
      : undefined;
  } catch {
    return undefined;
  }
}
