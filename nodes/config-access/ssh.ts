import type { ClientChannel } from 'ssh2';
import type { Clock } from '../shared/clock.ts';
import type { Fetched } from '../shared/configurations/access.ts';
import type { Command, Dialect } from '../shared/configurations/dialect.ts';
import { CommandOutput } from '../shared/configurations/session/command-output.ts';
import { ShellSession } from '../shared/configurations/session/shell-session.ts';
import { isProblem, Problem } from '../shared/problem.ts';
import { foreignText } from '../shared/text.ts';
import { SshConnection, type SshTarget } from './ssh-connection.ts';

/** characters that are kept of what a command says of its errors */
const maxErrorText = 2000;

export interface SshRequest extends SshTarget {
  dialect: Dialect;
  enablePassword?: string;
  maxBytes: number;
  clock: Clock;
}

/** Fetches a configuration by SSH. Rejects with a `Problem` that names the step. */
export async function fetchBySsh(request: SshRequest, signal: AbortSignal): Promise<Fetched> {
  const connection = await SshConnection.open(request, signal);
  if (request.dialect.way === 'exec') return inChannels(connection, request, signal);
  let isDone = false;
  try {
    const configurations = await inShell(connection, request, signal);
    isDone = true;
    return { ...configurations, hostKey: connection.hostKey };
  } finally {
    connection.close(isDone);
  }
}

async function inShell(connection: SshConnection, request: SshRequest, signal: AbortSignal) {
  let channel: ClientChannel;
  try {
    channel = await connection.shell(signal);
  } catch (cause) {
    throw new Problem('atShell', {}, { cause });
  }
  const { dialect, clock, maxBytes } = request;
  const session = new ShellSession({
    ...{ dialect, clock, maxBytes, login: request },
    send: (keys) => channel.write(keys),
  });
  const abort = () => session.fail(signal.reason);
  const take = (bytes: Buffer) => session.take(bytes);
  const end = () => session.fail(new Problem('connectionLost'));
  channel.on('data', take).on('close', end).on('error', end);
  channel.stderr.on('data', take);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await session.fetch();
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

// Some devices end the connection with the first channel.
async function inChannels(
  first: SshConnection,
  request: SshRequest,
  signal: AbortSignal,
): Promise<Fetched> {
  let connection = first;
  let isDone = false;
  const run = async (commands: readonly Command[]) => {
    const texts: string[] = [];
    for (const command of commands as readonly string[]) {
      if (connection.isLost) {
        const { knownHostKey = first.hostKey } = request;
        connection.close(false);
        connection = await SshConnection.open({ ...request, knownHostKey }, signal);
      }
      texts.push(await runCommand(connection, command, request.maxBytes, signal));
    }
    return texts.join('');
  };
  try {
    const { running, saved } = request.dialect;
    const fetched: Fetched = { running: await run(running), hostKey: first.hostKey };
    if (saved) fetched.saved = await run(saved);
    isDone = true;
    return fetched;
  } finally {
    connection.close(isDone);
  }
}

/** What a command gives in a channel of its own, with `\n` at each line's end. */
async function runCommand(
  connection: SshConnection,
  command: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<string> {
  try {
    const channel = await connection.exec(command, signal);
    return await outputOf(channel, connection, maxBytes, signal);
  } catch (cause) {
    throw isProblem(cause) ? new Problem('atCommand', { command }, { cause }) : cause;
  }
}

function outputOf(
  channel: ClientChannel,
  connection: SshConnection,
  maxBytes: number,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const output = new CommandOutput(maxBytes);
    let errors = '';
    let status: number | string | undefined;
    const fail = (reason: Error) => {
      reject(reason);
      channel.destroy();
    };
    const abort = () => fail(signal.reason as Error);
    const guarded = (act: () => void) => {
      try {
        act();
      } catch (error) {
        fail(error as Error);
      }
    };
    channel.on('data', (bytes: Buffer) => guarded(() => output.take(bytes)));
    channel.stderr.on('data', (bytes: Buffer) => {
      errors = (errors + bytes.toString('latin1')).slice(0, maxErrorText);
    });
    channel.on('error', fail);
    // It tells the status once more: the event before it may come before anybody listens.
    channel.on('close', (code?: number | null, name?: string) => {
      signal.removeEventListener('abort', abort);
      if (code !== undefined) status = code ?? name ?? '';
      guarded(() => {
        if (status === undefined && connection.isLost) throw new Problem('connectionLost');
        const text = output.text();
        const isCut = typeof status === 'string';
        if (isCut || (status !== undefined && status !== 0 && text.trim() === '')) {
          const reason = foreignText(errors, 200);
          throw new Problem('commandFailed', { status: status!, reason });
        }
        resolve(text);
      });
    });
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
}
