import { networkFailure } from '../../shared/network-failure.ts';
import { Problem } from '../../shared/problem.ts';
import { oneLine } from '../../shared/text.ts';

/**
 * What went wrong with a connection or a request, in words. A `Problem` stays what it is.
 * @param host that was to be reached
 */
export function networkProblem(thrown: unknown, host: string): Problem {
  const error = first(thrown);
  if (error instanceof Problem) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  const reason = oneLine(message, 200);
  switch (networkFailure(code)) {
    case 'certificate':
      return new Problem('certificate', { reason });
    case 'refused':
      return new Problem('connectionRefused');
    case 'nameNotFound':
      return new Problem('nameNotFound', { host });
    case 'unresolved':
    case 'unreachable':
    case 'timeout':
      return new Problem('unreachable', { reason: code });
    case 'lost':
      return new Problem('connectionLost');
    case 'notTls':
      return new Problem('notTls');
    case 'tls':
      // OpenSSL's message has its source files in it.
      return new Problem('tls', { reason: (error as { reason?: string }).reason ?? reason });
  }
  if (code.startsWith('HPE_') || error.name === 'HTTPParserError') {
    return new Problem('notHttp', { reason });
  }
  return new Problem('request', { reason });
}

// A host with several addresses fails with one error for each.
function first(thrown: unknown): Error {
  if (thrown instanceof AggregateError) return first(thrown.errors[0]);
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
