import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';

const { resolve } = createRequire(import.meta.url);

/** The Node-REDs at hand: the current one and the oldest that Netmon supports. */
export const releases = { current: 'node-red', oldest: 'node-red-4' } as const;

/** What a private Node-RED needs: loopback only, no telemetry, no projects, one language of log. */
export const quiet = {
  uiHost: '127.0.0.1',
  flowFile: 'flows.json',
  credentialSecret: 'scratch',
  lang: 'en-US',
  telemetry: { enabled: false, updateNotification: false },
  editorTheme: { projects: { enabled: false }, tours: false },
};

export interface NodeRedOptions {
  /** the user directory; made where it is missing */
  userDir: string;
  /** entries of settings.js, over {@link quiet}; `uiPort` 0 takes a free port */
  settings: Record<string, unknown>;
  release?: keyof typeof releases;
  env?: Record<string, string>;
  /** told of each line of the log */
  onLine?: (line: string) => void;
}

/** A Node-RED as a process of its own, which ends with this one however this one ends. */
export class NodeRed {
  /** the whole log so far */
  log = '';
  /** where it listens, such as `http://127.0.0.1:1880` */
  url = '';
  /** settles once the process is gone and its log is complete */
  readonly exited: Promise<void>;
  readonly #process: ChildProcess;
  readonly #watchers = new Set<() => void>();
  #gone = false;

  private constructor(process: ChildProcess, onLine?: (line: string) => void) {
    this.#process = process;
    for (const stream of [process.stdout!, process.stderr!]) {
      createInterface(stream).on('line', (coloured) => {
        const line = stripVTControlCharacters(coloured);
        this.log += `${line}\n`;
        onLine?.(line);
        this.#tell();
      });
    }
    this.exited = once(process, 'close').then(() => {
      this.#gone = true;
      this.#tell();
    });
  }

  /** Starts it; resolves once it listens and its flows run. */
  static async start(options: NodeRedOptions): Promise<NodeRed> {
    const settingsFile = await writeSettings(options.userDir, { ...quiet, ...options.settings });
    const red = join(
      resolve(`${releases[options.release ?? 'current']}/package.json`),
      '../red.js',
    );
    const args = [red, '--userDir', options.userDir, '--settings', settingsFile];
    const child = spawn(process.execPath, args, {
      cwd: options.userDir,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ...options.env },
    });
    const nodeRed = new NodeRed(child, options.onLine);
    try {
      const listening = await nodeRed.logged(/Server now running at (http:\/\/[^/\s]+)/);
      nodeRed.url = listening[1]!;
      await nodeRed.logged(/Started flows|Waiting for missing types/);
    } catch (error) {
      await nodeRed.stop();
      throw error;
    }
    return nodeRed;
  }

  get pid(): number {
    return this.#process.pid!;
  }

  /**
   * Waits for the log to have a text, from the offset `from` on.
   * @throws where Node-RED ends, or `seconds` pass, without it: an error that holds the log's end
   */
  logged(pattern: RegExp, { from = 0, seconds = 60 } = {}): Promise<RegExpExecArray> {
    return new Promise((found, reject) => {
      const settle = (error?: Error) => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        if (error) reject(error);
      };
      const fail = (why: string) =>
        settle(new Error(`${why} before its log had ${pattern}:\n${this.log.slice(-3000)}`));
      const look = () => {
        const match = pattern.exec(this.log.slice(from));
        if (match) {
          settle();
          found(match);
        } else if (this.#gone) {
          fail('Node-RED ended');
        }
      };
      const timer = setTimeout(() => fail(`${seconds} s passed`), seconds * 1000);
      this.#watchers.add(look);
      look();
    });
  }

  /** Ends it in order, or by force after 20 s; resolves once it is gone. */
  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      if (this.#process.connected) this.#process.send('shutdown');
      const force = setTimeout(() => this.#process.kill('SIGKILL'), 20_000);
      await this.exited;
      clearTimeout(force);
    }
    await this.exited;
  }

  #tell() {
    for (const look of this.#watchers) look();
  }
}

async function writeSettings(userDir: string, settings: object): Promise<string> {
  await mkdir(userDir, { recursive: true });
  const path = join(userDir, 'settings.js');
  await writeFile(
    path,
    `// Written anew at each start.\n` +
      `process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));\n` +
      `module.exports = ${JSON.stringify(settings, null, 2)};\n`,
  );
  return path;
}
