/**
 * One for all of this process that use it at a time.
 * @returns gives it to a user, who aborts `closing` once it needs it no more; with the last one it ends
 */
export function shared<Kept extends { close(): void }>(
  make: () => Kept,
): (closing: AbortSignal) => Kept {
  let kept: Kept | undefined;
  let users = 0;
  return (closing) => {
    users++;
    const given = (kept ??= make());
    closing.addEventListener('abort', () => {
      if (--users > 0) return;
      given.close();
      kept = undefined;
    });
    return given;
  };
}
