import { spawn } from 'node:child_process';
import { Problem } from '../../shared/problem.ts';
import { pingCommand } from '../ping/command.ts';
import type { PingOutput, PingRequest } from '../protocols/protocol.ts';

/** characters of output that are kept: twenty packets take about 2,000 */
const maxOutput = 20_000;

/**
 * Runs the system's ping. At its limit it is asked to end, and tells what it has got so far; when the
 * signal is aborted it is killed.
 */
export function ping(
  { host, packets, limit }: PingRequest,
  signal: AbortSignal,
): Promise<PingOutput> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const { file, args } = pingCommand(process.platform, host, packets);
    const child = spawn(file, args, {
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const texts = { out: '', errors: '' };
    const keep = (name: keyof PingOutput) => (chunk: string) => {
      texts[name] = (texts[name] + chunk).slice(0, maxOutput);
    };
    child.stdout.setEncoding('latin1').on('data', keep('out'));
    child.stderr.setEncoding('latin1').on('data', keep('errors'));
    const enough = setTimeout(() => child.kill('SIGINT'), limit);
    const kill = () => child.kill('SIGKILL');
    signal.addEventListener('abort', kill, { once: true });
    const end = () => {
      clearTimeout(enough);
      signal.removeEventListener('abort', kill);
    };
    child
      .on('error', ({ code, message }: NodeJS.ErrnoException) => {
        end();
        reject(new Problem(code === 'ENOENT' ? 'pingMissing' : 'pingFailed', { reason: message }));
      })
      .on('close', () => {
        end();
        if (signal.aborted) reject(signal.reason as Error);
        else resolve(texts);
      });
  });
}
