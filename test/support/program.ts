import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Context } from 'mocha';

const running = new Set<ChildProcess>();

/** Skips a suite, and says why, on a machine that lacks a program. */
export function needs(context: Context, ...programs: string[]): void {
  const missing = programs.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  console.log(`      skipped: ${missing.join(' and ')} not installed`);
  context.skip();
}

/** Whether a program can be started. */
export function isInstalled(name: string): boolean {
  return pathOf(name) !== undefined;
}

/** The path of a program, if it is installed. */
export function pathOf(name: string): string | undefined {
  const path = `${process.env.PATH}:/usr/sbin:/sbin`;
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { env: { PATH: path } });
  return found.status === 0 ? found.stdout.toString().trim() : undefined;
}

/** Starts a program; it ends with {@link endPrograms}. */
export function start(
  name: string,
  args: string[],
  env: Record<string, string> = {},
): ChildProcess {
  const path = `${process.env.PATH}:/usr/sbin:/sbin`;
  const child = spawn(name, args, { env: { ...process.env, ...env, PATH: path }, stdio: 'ignore' });
  running.add(child);
  return child;
}

/** Ends what was started, and waits until it has. */
export async function endPrograms(): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      running.delete(child);
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }),
  );
}
