import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
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

/** What is made from the rest, and what is installed. */
const notCopied = ['.git', '.netmon', 'dist', 'node_modules', 'resources'];

/**
 * Packs the repository as a release does, its `prepack` included. It packs a copy: that builds anew, and
 * tests that run beside this one read what is built here.
 */
export async function pack(): Promise<Packed> {
  const directory = await mkdtemp(join(tmpdir(), 'netmon-pack-'));
  const [copy, packed] = [join(directory, 'copy'), join(directory, 'packed')];
  const filter = (path: string) => !notCopied.includes(relative(root, path));
  await Promise.all([mkdir(packed), cp(root, copy, { recursive: true, filter })]);
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  await run('npm', ['pack', '--pack-destination', packed], {
    cwd: copy,
    shell: process.platform === 'win32',
  });
  const [name] = await readdir(packed);
  const file = join(packed, name!);
  const { stdout } = await run('tar', ['-tzf', file]);
  const paths = stdout.split(/\r?\n/).filter((path) => path !== '');
  return {
    file,
    paths: paths.map((path) => path.replace(/^package\//, '')).sort(),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
