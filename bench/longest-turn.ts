/**
 * The most CPU time, in ms, that this thread spends between two turns of its loop: that of other programs does not
 * count. Many kernels count it in ticks of 4 ms.
 */
export async function longestTurn(isDone: () => boolean): Promise<number> {
  let longest = 0;
  while (!isDone()) {
    const before = process.threadCpuUsage();
    await new Promise((resolve) => setImmediate(resolve));
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
  }
  return longest;
}
