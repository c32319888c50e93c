import { readdir, readFile, stat, statfs } from 'node:fs/promises';

/** Bytes of a file system: `free` counts what is reserved for root too. */
export interface Space {
  size: number;
  free: number;
  available: number;
  /** how many files it can have in all, and how many more; 0 where there is no limit */
  inodes?: number;
  freeInodes?: number;
}

/** The files in which the kernel tells of itself. Each call throws where there is no such file. */
export interface Files {
  text(path: string): Promise<string>;
  names(directory: string): Promise<string[]>;
  /** undefined where a single file is mounted, as containers do */
  space(mount: string): Promise<Space | undefined>;
}

export const files: Files = {
  text: (path) => readFile(path, 'utf8'),
  names: (directory) => readdir(directory),
  async space(mount) {
    if (!(await stat(mount)).isDirectory()) return undefined;
    const { bsize, blocks, bfree, bavail, files: inodes, ffree } = await statfs(mount);
    const bytes = { size: blocks * bsize, free: bfree * bsize, available: bavail * bsize };
    return { ...bytes, inodes, freeInodes: ffree };
  },
};

/** A file's text without the spaces around it, or undefined where it cannot be read. */
export async function textIfAny(from: Files, path: string): Promise<string | undefined> {
  try {
    return (await from.text(path)).trim();
  } catch {
    return undefined;
  }
}
