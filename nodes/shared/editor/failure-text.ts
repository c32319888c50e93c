import type { Translate } from '../problem.ts';

/** The text for a request to an admin route that failed: what the runtime told, or what the status means. */
export function failureText(
  { status, responseJSON }: { status: number; responseJSON?: unknown },
  translate: Translate,
): string {
  const told = (responseJSON as { error?: unknown } | undefined)?.error;
  if (typeof told === 'string') return told;
  if (status === 401 || status === 403) return translate('shared.editor.noPermission');
  return translate('shared.editor.noAnswer', { status: String(status) });
}
