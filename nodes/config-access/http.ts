import { Web } from '../protocols/web/web.ts';
import type { Address } from '../shared/address.ts';
import type { Fetched } from '../shared/configurations/access.ts';
import type { Command, Dialect, HttpCommand } from '../shared/configurations/dialect.ts';
import { isProblem, Problem } from '../shared/problem.ts';
import { oneLine } from '../shared/text.ts';

/** Fetches a configuration over HTTP. Rejects with a `Problem` that names the step. */
export async function fetchByHttp(
  web: Web,
  { running, saved }: Dialect,
  address: Address,
  signal: AbortSignal,
): Promise<Fetched> {
  const all = async (commands: readonly Command[]) => {
    const texts: string[] = [];
    for (const command of commands as readonly HttpCommand[]) {
      texts.push(await ask(web, command, address, signal));
    }
    return texts.join('');
  };
  const fetched: Fetched = { running: await all(running) };
  if (saved) fetched.saved = await all(saved);
  return fetched;
}

/** What a request gives, with `\n` at each line's end. */
async function ask(
  web: Web,
  command: HttpCommand,
  address: Address,
  signal: AbortSignal,
): Promise<string> {
  const { path, methods = ['GET'], body } = command;
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  try {
    for (const [i, method] of methods.entries()) {
      try {
        const answer = await web.request(
          address,
          {
            ...{ path, method, headers: { accept: '*/*', ...(method === 'POST' && json) } },
            ...(method === 'POST' && { body: body === undefined ? '' : JSON.stringify(body) }),
          },
          signal,
        );
        return readable(answer.body.join(''), answer.type, command.member);
      } catch (error) {
        if (i === methods.length - 1 || !isUnknownThere(error)) throw error;
      }
    }
    return '';
  } catch (cause) {
    if (!isProblem(cause)) throw cause;
    // A query may hold a key.
    throw new Problem('atCommand', { command: path.replace(/\?.*/s, '') }, { cause });
  }
}

function isUnknownThere(error: unknown): boolean {
  return (
    isProblem(error) &&
    (error.key === 'notFound' || (error.key === 'status' && error.params.status === '405'))
  );
}

// JSON on a line of its own for each value, so that a change shows where it is.
function readable(text: string, type: string, member: string | undefined): string {
  let told = text;
  if (member !== undefined || /[/+]json$/.test(type)) {
    const value = valueAt(text, member);
    told = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  }
  const lines = told.replace(/\r\n?/g, '\n');
  return lines === '' || lines.endsWith('\n') ? lines : `${lines}\n`;
}

function valueAt(text: string, member: string | undefined): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch (error) {
    // The parser quotes the text, which may hold a secret.
    const reason = oneLine((error as Error).message.replace(/(["'`]).*\1/s, '…'), 100);
    throw new Problem('notJson', { reason });
  }
  if (member === undefined) return value;
  const found =
    typeof value === 'object' && value !== null && Object.hasOwn(value, member)
      ? (value as Record<string, unknown>)[member]
      : undefined;
  if (found === undefined || found === null) throw new Problem('memberMissing', { member });
  return found;
}
