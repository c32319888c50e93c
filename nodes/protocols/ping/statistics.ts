import type { Sample } from '../../contract/snapshot.ts';
import { sample } from '../sample.ts';
import type { PingResult } from './output.ts';

/** The samples of a ping: loss always, times where there were replies. */
export function pingSamples({ sent, received, times }: PingResult): Sample[] {
  const lost = sent === 0 ? 100 : ((sent - received) / sent) * 100;
  const samples = [sample('packet_loss', lost)];
  if (times.length === 0) return samples;
  const sum = times.reduce((a, b) => a + b, 0);
  samples.push(
    sample('latency', sum / times.length),
    sample('latency_min', Math.min(...times)),
    sample('latency_max', Math.max(...times)),
  );
  if (times.length > 1) samples.push(sample('jitter', jitter(times)));
  return samples;
}

/**
 * The mean of how much each round-trip time differs from the one before: what the running estimate
 * of RFC 3550 (6.4.1) tends to, without its long memory, which a few packets would never fill.
 */
export function jitter(times: readonly number[]): number {
  let sum = 0;
  for (let i = 1; i < times.length; i++) sum += Math.abs(times[i]! - times[i - 1]!);
  return sum / (times.length - 1);
}
