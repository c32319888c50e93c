import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NodeRed, type NodeRedOptions } from '../../scripts/node-red.ts';

/** The repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface RedOptions extends Partial<NodeRedOptions> {
  /** whether the built package is loaded from the repository; it is unless told */
  netmon?: boolean;
}

/** A real Node-RED with a user directory of its own on a free port of 127.0.0.1. */
export class Red {
  readonly userDir: string;
  readonly #options: RedOptions;
  #running: NodeRed | undefined;

  private constructor(userDir: string, options: RedOptions) {
    this.userDir = userDir;
    this.#options = options;
  }

  static async start(options: RedOptions = {}): Promise<Red> {
    const red = new Red(await mkdtemp(join(tmpdir(), 'netmon-red-')), options);
    await red.#start();
    return red;
  }

  /** The process of now: another one after {@link restart}. */
  get process(): NodeRed {
    if (!this.#running) throw new Error('Node-RED is stopped');
    return this.#running;
  }

  get url(): string {
    return this.process.url;
  }

  /** Replaces the flows and waits until they run. Nodes on no tab are put on one. */
  async deploy(flows: object[], type: 'full' | 'nodes' = 'full'): Promise<void> {
    const tab = { id: 'tab', type: 'tab', label: 'Test' };
    const placed = flows.map((node) =>
      'type' in node && 'x' in node ? { z: 'tab', ...node } : node,
    );
    const from = this.process.log.length;
    await this.request('/flows', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'Node-RED-Deployment-Type': type },
      body: JSON.stringify([tab, ...placed]),
    });
    await this.process.logged(/Started (modified )?(flows|nodes)/, { from });
  }

  /** Presses the button of an inject node. */
  async inject(id: string): Promise<void> {
    await this.request(`/inject/${id}`, { method: 'POST' });
  }

  /** Asks for JSON. */
  async json(path: string): Promise<unknown> {
    const response = await this.request(path, { headers: { accept: 'application/json' } });
    return response.json();
  }

  /** @throws where the answer is no success */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(this.url + path, init);
    if (!response.ok) {
      throw new Error(`${path}: ${response.status} ${await response.text()}`);
    }
    return response;
  }

  /** Ends Node-RED and starts it anew on the same user directory and port. */
  async restart(): Promise<void> {
    const port = Number(new URL(this.url).port);
    await this.#running?.stop();
    await this.#start(port);
  }

  /** Ends Node-RED and removes its user directory. */
  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = undefined;
    await rm(this.userDir, { recursive: true, force: true, maxRetries: 3 });
  }

  async #start(port = 0) {
    const { netmon = true, settings, ...options } = this.#options;
    this.#running = await NodeRed.start({
      userDir: this.userDir,
      ...options,
      settings: { uiPort: port, ...(netmon && { nodesDir: [root] }), ...settings },
    });
  }
}
