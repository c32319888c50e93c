/** Whether an error is of a file that is damaged: SQLITE_CORRUPT, SQLITE_NOTADB, or a block that is none. */
export function isDamage(error: unknown): boolean {
  const { errcode, code } = error as { errcode?: number; code?: string };
  return (
    (errcode !== undefined && [11, 26].includes(errcode & 255)) ||
    error instanceof RangeError ||
    code?.startsWith('Z_') === true
  );
}
