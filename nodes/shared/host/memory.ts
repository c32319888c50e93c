/** What a system tells of its memory, all in one unit. What it does not tell is left out. */
export interface MemoryFacts {
  total?: number | undefined;
  /** what programs can still get, by the system's own reckoning */
  available?: number | undefined;
  free?: number | undefined;
  buffers?: number | undefined;
  /** the page cache, with shared memory in it */
  cached?: number | undefined;
  /** part of the cache that is not given back */
  shared?: number | undefined;
  /** further caches of the kernel that are given back */
  reclaimable?: number | undefined;
  /** ZFS' cache, which no other figure has in it, and the size below which it is not given back */
  arc?: number | undefined;
  leastArc?: number | undefined;
}

/**
 * The share of memory that is in use, 0 to 1, without the cache that the system gives back on demand: the
 * same for whatever tells of it. Undefined where that cannot be told.
 *
 * A figure below 0, or a part larger than the whole, is one that overflowed: it counts as not told.
 */
export function memoryUse(facts: MemoryFacts): number | undefined {
  const total = told(facts.total, Infinity);
  if (total === undefined || total === 0) return undefined;
  const part = (value: number | undefined) => told(value, total);
  const arc = Math.max(0, (part(facts.arc) ?? 0) - (part(facts.leastArc) ?? 0));
  const available = part(facts.available) ?? guess(facts, part);
  if (available === undefined) return undefined;
  return Math.min(1, Math.max(0, (total - available - arc) / total));
}

// As Linux did before it told what is available itself (3.14).
function guess(
  facts: MemoryFacts,
  part: (value: number | undefined) => number | undefined,
): number | undefined {
  const free = part(facts.free);
  if (free === undefined) return undefined;
  const cached = Math.max(0, (part(facts.cached) ?? 0) - (part(facts.shared) ?? 0));
  return free + (part(facts.buffers) ?? 0) + cached + (part(facts.reclaimable) ?? 0);
}

/** The share of swap in use, 0 to 1; undefined where there is none, or it cannot be told. */
export function swapUse(total: number | undefined, free: number | undefined): number | undefined {
  const all = told(total, Infinity);
  if (all === undefined || all === 0) return undefined;
  const rest = told(free, all);
  return rest === undefined ? undefined : 1 - rest / all;
}

function told(value: number | undefined, most: number): number | undefined {
  return value !== undefined && value >= 0 && value <= most && value < Infinity ? value : undefined;
}
