import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './red.ts';

const run = promisify(execFile);

interface Manifest {
  name: string;
  version: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/** An npm registry on loopback that has the production dependencies as they are installed here. */
export class Registry {
  /** what was asked for and is not there, but for what packages can do without */
  readonly missing: string[] = [];
  readonly url: string;
  readonly #directory: string;
  readonly #server: Server;

  private constructor(directory: string, server: Server) {
    this.#directory = directory;
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  static async open(): Promise<Registry> {
    const directory = await mkdtemp(join(tmpdir(), 'netmon-registry-'));
    const answers = new Map<string, string | Buffer>();
    const packages = await productionPackages();
    const optional = new Set(
      packages.flatMap((manifest) => Object.keys(manifest.optionalDependencies ?? {})),
    );
    const server = createServer((request, response) => {
      const path = decodeURIComponent(request.url!);
      const answer = answers.get(path);
      if (answer === undefined && !optional.has(path.slice(1))) registry.missing.push(path);
      response.writeHead(answer === undefined ? 404 : 200).end(answer ?? '{}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const registry = new Registry(directory, server);
    for (const manifest of packages) {
      const tarball = await packInstalled(manifest.name, directory);
      const path = `/${manifest.name}/${manifest.version}.tgz`;
      answers.set(path, tarball);
      answers.set(`/${manifest.name}`, packument(manifest, tarball, new URL(path, registry.url)));
    }
    return registry;
  }

  /** Environment in which npm knows this registry alone, and nothing from an earlier time. */
  get env(): Record<string, string> {
    return {
      npm_config_registry: this.url,
      npm_config_cache: join(this.#directory, 'cache'),
      npm_config_userconfig: join(this.#directory, 'npmrc'),
      npm_config_noproxy: '127.0.0.1',
    };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await rm(this.#directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function productionPackages(): Promise<Manifest[]> {
  const found = new Map<string, Manifest>();
  const visit = async ({ dependencies = {} }: Manifest) => {
    for (const name of Object.keys(dependencies)) {
      if (found.has(name)) continue;
      const manifest = await readManifest(join(root, 'node_modules', name));
      found.set(name, manifest);
      await visit(manifest);
    }
  };
  await visit(await readManifest(root));
  return [...found.values()];
}

async function readManifest(directory: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')) as Manifest;
}

async function packInstalled(name: string, directory: string): Promise<Buffer> {
  const from = join(root, 'node_modules', name);
  const args = ['pack', from, '--ignore-scripts', '--pack-destination', directory];
  const { stdout } = await run('npm', args, {
    cwd: directory,
    shell: process.platform === 'win32',
  });
  return readFile(join(directory, stdout.trim()));
}

function packument(manifest: Manifest, tarball: Buffer, url: URL): string {
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  return JSON.stringify({
    name: manifest.name,
    'dist-tags': { latest: manifest.version },
    versions: { [manifest.version]: { ...manifest, dist: { tarball: url.href, integrity } } },
  });
}
