import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './red.ts';

const run = promisify(execFile);

/** A package as npm would publish it. */
export interface Packed {
  /** the tarball */
  file: string;
  /** the paths in it, sorted, without the leading `package/` */
  paths: string[];
  remove(): Promise<void>;
}

/** Packs the repository as a release does, its `prepack` included. */
export async function pack(): Promise<Packed> {
  const directory = await mkdtemp(join(tmpdir(), 'netmon-pack-'));
  await run('npm', ['pack', '--pack-destination', directory], {
    cwd: root,
    shell: process.platform === 'win32',
  });
  const [name] = await readdir(directory);
  const file = join(directory, name!);
  const { stdout } = await run('tar', ['-tzf', file]);
  const paths = stdout.split(/\r?\n/).filter((path) => path !== '');
  return {
    file,
    paths: paths.map((path) => path.replace(/^package\//, '')).sort(),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
