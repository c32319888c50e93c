/** its OID without the instance, which a getNext adds */
export const sysUpTime = '1.3.6.1.2.1.1.3';

/** When an answer came, in ms on this machine's monotonic clock. */
export interface AnswerTime {
  sent: number;
  arrived: number;
  /** ms for which the device had been up by then, if the answer says so */
  uptime?: number;
}

/** ms in which sysUpTime counts (RFC 3418) */
const step = 10;

/**
 * What time it was here when a device made an answer, by the uptime in it. The answer was made between the
 * request and its arrival, which bounds by how much the two clocks differ; many answers bound it closely,
 * however late some of them are.
 */
export class DeviceClock {
  /** ms, this machine's clock minus the uptime: it is within these */
  #least = -Infinity;
  #most = Infinity;

  learn({ sent, arrived, uptime }: AnswerTime): void {
    if (uptime === undefined) return;
    const [least, most] = [sent - uptime - step, arrived - uptime];
    this.#least = Math.max(this.#least, least);
    this.#most = Math.min(this.#most, most);
    // It restarted, or its clock runs in another way than ours.
    if (this.#least > this.#most) [this.#least, this.#most] = [least, most];
  }

  /** When the answer was made. */
  at({ sent, arrived, uptime }: AnswerTime): number {
    if (uptime === undefined || this.#most === Infinity) return arrived;
    return Math.min(arrived, Math.max(sent, uptime + this.#most));
  }
}
