import { Problem } from '../../problem.ts';

/** Why a file cannot be used, whatever is in it. */
export class FileError extends Error {
  readonly reason: 'foreign' | 'newer';

  constructor(reason: FileError['reason']) {
    super(`configurations: ${reason}`);
    this.reason = reason;
  }
}

/** What went wrong with the file of configurations, in words. */
export function fileProblem(error: unknown): unknown {
  if (error instanceof Problem) return error;
  const options = { cause: error };
  if (error instanceof FileError) {
    const keys = { foreign: 'configurationsForeign', newer: 'configurationsNewer' } as const;
    return new Problem(keys[error.reason], {}, options);
  }
  const { errcode, code, message } = error as NodeJS.ErrnoException & { errcode?: number };
  // SQLite's primary code is in the lowest byte: SQLITE_FULL, SQLITE_READONLY, SQLITE_BUSY.
  switch (errcode === undefined ? code : errcode & 255) {
    case 13:
    case 'ENOSPC':
    case 'EDQUOT':
      return new Problem('configurationsFull', {}, options);
    case 8:
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new Problem('configurationsReadOnly', {}, options);
    case 5:
      return new Problem('configurationsInUse', {}, options);
    default:
      return new Problem('configurationsFailed', { reason: message }, options);
  }
}
