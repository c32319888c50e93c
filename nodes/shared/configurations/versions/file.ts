import { join } from 'node:path';

/** The file of configurations in a folder. */
export function fileIn(folder: string): string {
  return join(folder, 'configurations.sqlite');
}
