import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { LoggedProcess } from './logged-process.ts';

const { resolve } = createRequire(import.meta.url);

/** The Node-REDs at hand: the current one and the oldest that Netmon supports. */
export const releases = { current: 'node-red', oldest: 'node-red-4' } as const;
type Release = keyof typeof releases;

// The environment may choose another Node-RED, by the name of its release, and the Node that runs it, by
// its path: Netmon is used on more of both than it is developed on.
const { NODE_RED_RELEASE = 'current', NODE_RED_NODE = process.execPath } = process.env;

/** What a private Node-RED needs: loopback only, nothing asked of the internet, an English log. */
const quiet = {
  uiHost: '127.0.0.1',
  flowFile: 'flows.json',
  credentialSecret: 'scratch',
  lang: 'en-US',
  telemetry: { enabled: false, updateNotification: false },
  editorTheme: { projects: { enabled: false }, tours: false, palette: { catalogues: [] } },
};

export interface NodeRedOptions {
  /** the user directory; made where it is missing */
  userDir: string;
  /** entries of Node-RED's settings file; `uiPort` 0 takes a free port */
  settings: Record<string, unknown>;
  release?: Release;
  env?: Record<string, string>;
  /** told of each line of the log */
  onLine?: (line: string) => void;
}

/** A Node-RED as a process of its own, which ends with this one however this one ends. */
export class NodeRed extends LoggedProcess {
  /** where it listens, such as `http://127.0.0.1:1880` */
  url = '';

  /** Starts it; resolves once it listens and its flows run. */
  static async start(options: NodeRedOptions): Promise<NodeRed> {
    const settingsFile = await writeSettings(options.userDir, { ...quiet, ...options.settings });
    const release = options.release ?? NODE_RED_RELEASE;
    if (!(release in releases)) throw new Error(`no Node-RED "${release}"`);
    const red = join(resolve(`${releases[release as Release]}/package.json`), '../red.js');
    const args = [red, '--userDir', options.userDir, '--settings', settingsFile];
    const child = spawn(NODE_RED_NODE, args, {
      cwd: options.userDir,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ...options.env },
    });
    const nodeRed = new NodeRed('Node-RED', child, options.onLine);
    try {
      const [, url] = await nodeRed.logged(/Server now running at (http:\/\/[^/\s]+)/);
      nodeRed.url = url!;
      await nodeRed.logged(/Started flows|Waiting for missing types/);
    } catch (error) {
      await nodeRed.stop();
      throw error;
    }
    return nodeRed;
  }

  /** Ends it in order, or by force after 20 s; resolves once it is gone. */
  async stop(): Promise<void> {
    const force = setTimeout(() => this.child.kill('SIGKILL'), 20_000);
    if (this.running && this.child.connected) this.child.send('shutdown');
    await this.exited;
    clearTimeout(force);
  }
}

// A .cjs file: a user directory may lie in a package of ES modules.
async function writeSettings(userDir: string, settings: object): Promise<string> {
  await mkdir(userDir, { recursive: true });
  const path = join(userDir, 'settings.cjs');
  await writeFile(
    path,
    `// Written anew at each start.\n` +
      `process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));\n` +
      `module.exports = ${JSON.stringify(settings, null, 2)};\n`,
  );
  return path;
}
