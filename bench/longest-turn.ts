import { closeSync, openSync, readSync } from 'node:fs';

/**
 * The longest, in ms, that this thread, the first of its process, was busy between two turns of its loop: the CPU time that
 * it took, for that of other programs does not count.
 */
export async function longestTurn(isDone: () => boolean): Promise<number> {
  const { read, close } = cpuClock();
  let longest = 0;
  while (!isDone()) {
    const before = read();
    const began = performance.now();
    await new Promise((resolve) => setImmediate(resolve));
    // Where the kernel counts in ticks, it is no more than passed on the clock.
    longest = Math.max(longest, Math.min(performance.now() - began, read() - before));
  }
  close();
  return longest;
}

/**
 * The ms that this thread has run. What Node.js asks many kernels count in ticks of 4 ms; Linux' scheduler knows it exactly
 * whenever a thread has waited, be it for a moment.
 */
function cpuClock(): { read: () => number; close: () => void } {
  try {
    const file = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r');
    const cell = new Int32Array(new SharedArrayBuffer(4));
    const bytes = Buffer.alloc(100);
    const read = () => {
      Atomics.wait(cell, 0, 0, 0.001);
      const length = readSync(file, bytes, 0, bytes.length, 0);
      return Number(bytes.toString('latin1', 0, length).split(' ')[0]) / 1e6;
    };
    return { read, close: () => closeSync(file) };
  } catch {
    const read = () => {
      const { user, system } = process.threadCpuUsage();
      return (user + system) / 1000;
    };
    return { read, close: () => {} };
  }
}
