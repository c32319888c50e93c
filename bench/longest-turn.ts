/**
 * The longest, in ms, that this thread was busy between two turns of its loop: the CPU time that it took, for that of other
 * programs does not count, and no more than passed on the clock, for many kernels count CPU time in ticks of 4 ms.
 */
export async function longestTurn(isDone: () => boolean): Promise<number> {
  let longest = 0;
  while (!isDone()) {
    const before = process.threadCpuUsage();
    const began = performance.now();
    await new Promise((resolve) => setImmediate(resolve));
    const passed = performance.now() - began;
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, Math.min(passed, (user + system) / 1000));
  }
  return longest;
}
