import type { DatabaseSync } from 'node:sqlite';
import { Problem } from '../../problem.ts';
import { JournalError } from './journal.ts';

/** ms that a file which another program holds is waited for */
const patience = 2000;

/** Node's own SQLite. Rejects with a Problem where this Node has none. */
export async function openSqlite(): Promise<(path: string) => DatabaseSync> {
  try {
    const { DatabaseSync } = await import('node:sqlite');
    return (path) => new DatabaseSync(path, { timeout: patience });
  } catch (error) {
    throw new Problem('historyNode', { version: process.versions.node }, { cause: error });
  }
}

/** What went wrong with a history's files, in words. */
export function storeProblem(error: unknown): unknown {
  if (error instanceof Problem) return error;
  const options = { cause: error };
  if (error instanceof JournalError) {
    const keys = {
      inUse: 'historyInUse',
      newer: 'historyNewer',
      foreign: 'historyForeign',
    } as const;
    return new Problem(keys[error.reason], {}, options);
  }
  const { errcode, code, message } = error as NodeJS.ErrnoException & { errcode?: number };
  // The primary code is in the lowest byte: SQLITE_FULL, SQLITE_READONLY, SQLITE_CANTOPEN.
  switch (errcode === undefined ? code : errcode & 255) {
    case 13:
    case 'ENOSPC':
    case 'EDQUOT':
      return new Problem('historyFull', {}, options);
    case 8:
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new Problem('historyReadOnly', {}, options);
    case 5:
      return new Problem('historyInUse', {}, options);
    default:
      return new Problem('historyFailed', { reason: message }, options);
  }
}
