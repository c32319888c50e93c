import type { FakeClock } from './fake-clock.ts';
import { listen } from './snmp-agent.ts';
import type { Request } from './snmp-ber.ts';
import type { LiveMib } from './snmp-mib.ts';

/** How an agent behaves. All of it may be changed while it runs. */
export interface Script {
  /** what it tells, by the ms since it started */
  mib: LiveMib;
  /** bytes that its answers may have */
  frame?: number;
  /** an address from which its answers come instead */
  from?: string;
  /** ms that a request takes to come to it, and an answer to come back */
  there?: number | ((request: Request) => number);
  back?: number | ((request: Request) => number);
  /** ms between two refreshes of all but its system group */
  refresh?: number;
  /** what it sends before the right answer */
  nonsense?: (right: Buffer) => Buffer[];
}

/** The system group, with sysUpTime, is never told late. */
const system = '1.3.6.1.2.1.1.';

/** An agent on loopback that follows a script, by a clock that goes on only where somebody waits, so that hours take no time. */
export class ScriptedAgent {
  readonly clock: FakeClock;
  readonly script: Script;
  /** `127.0.0.1:port` */
  address = '';
  requests: Request[] = [];
  #started: number;

  private constructor(clock: FakeClock, script: Script) {
    this.clock = clock;
    this.script = script;
    this.#started = clock.steady();
  }

  /** Starts one; it ends with `closeAgents`. */
  static async start(clock: FakeClock, script: Script): Promise<ScriptedAgent> {
    const agent = new ScriptedAgent(clock, script);
    const { address, requests } = await listen(
      script.mib,
      async (request, right) => {
        clock.skip(take(script.there, request));
        const answer = await right();
        clock.skip(take(script.back, request));
        return [...(script.nonsense?.(answer) ?? []), answer];
      },
      {
        ms: (oid) => agent.#msAt(oid),
        ...(script.frame !== undefined && { frame: script.frame }),
        ...(script.from !== undefined && { from: script.from }),
      },
    );
    return Object.assign(agent, { address, requests });
  }

  /** Starts it anew: its uptime and its counts begin at 0. */
  restart(): void {
    this.#started = this.clock.steady();
  }

  #msAt(oid: string): number {
    const up = this.clock.steady() - this.#started;
    const { refresh } = this.script;
    if (refresh === undefined || oid.startsWith(system)) return up;
    return Math.floor(up / refresh) * refresh;
  }
}

function take(ms: Script['there'] = 0, request: Request): number {
  return typeof ms === 'function' ? ms(request) : ms;
}
