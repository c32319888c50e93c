/** s from 1900, where NTP's era 0 begins, to 1970 (RFC 5905, 6) */
const from1900To1970 = 2_208_988_800;
/** s of an era: era 1 begins on 7 February 2036 */
const era = 2 ** 32;

/**
 * A timestamp of NTP, 32 bits of seconds and 32 bits of a fraction, as ms since the Unix epoch. It does not
 * tell its era: of all times that it may mean, it is the one nearest to now.
 * @param now ms since the Unix epoch
 */
export function toTime(timestamp: bigint, now: number): number {
  const seconds = Number(timestamp >> 32n) - from1900To1970;
  const fraction = Number(timestamp & 0xffff_ffffn) / 2 ** 32;
  const eras = Math.round((now / 1000 - seconds) / era);
  return (seconds + eras * era) * 1000 + fraction * 1000;
}

/**
 * By how much a server's clock is ahead of this machine's, in ms (RFC 5905, 8): exact where question and
 * answer take the same time, else wrong by at most half of the time that both take.
 * @param sent when the question was sent, ms since the Unix epoch by this machine's clock
 * @param receive when it came in by the server's clock
 * @param transmit when the answer went out by the server's clock
 * @param received when it arrived here
 */
export function clockOffset(
  sent: number,
  receive: number,
  transmit: number,
  received: number,
): number {
  return (receive - sent + (transmit - received)) / 2;
}
