/** s after which SNMP's sysUpTime, 32 bits of hundredths, starts again at 0 (497 days) */
const wrap = 2 ** 32 / 100;

/**
 * Whether a device restarted between two polls.
 * @param before s that it had been up by then
 * @param now s that it has been up by now
 * @param passed s between the polls
 */
export function hasRestarted(before: number, now: number, passed: number): boolean {
  // A device that started after the poll before may be up for longer than it was then.
  if (!(now < before) && !(now < passed)) return false;
  // An answer may be late, and the device's clock not as exact as ours.
  const slack = 5 + passed / 100;
  return !(Math.abs(before + passed - wrap - now) <= slack);
}
