/** Whether an error is of a file that is damaged as a whole, or of a block that is none. */
export function isDamage(error: unknown): boolean {
  return isFileDamage(error) || isBlockDamage(error);
}

/** Whether what was to be decoded is not what was encoded: the file around it may be sound. */
export function isBlockDamage(error: unknown): boolean {
  const { code } = error as { code?: string };
  return error instanceof RangeError || code?.startsWith('Z_') === true;
}

// SQLITE_CORRUPT, SQLITE_NOTADB, or SQLITE_ERROR where tables are not those that were made.
function isFileDamage(error: unknown): boolean {
  const { errcode, message } = error as { errcode?: number; message: string };
  if (errcode === undefined) return false;
  if (errcode === 1) return /^no such (table|column)|already exists$/.test(message);
  return [11, 26].includes(errcode & 255);
}
