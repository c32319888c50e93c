import type { PingNetwork } from '../../protocols/ping/transport.ts';
import type { SnmpNetwork } from '../../protocols/snmp/transport.ts';
import type { TcpNetwork } from '../../protocols/tcp/transport.ts';
import type { WebNetwork } from '../../protocols/web/transport.ts';
import type { WebAnswer } from './web-page.ts';

/** What looking for devices needs of the network. */
export interface LookNetwork
  extends
    Pick<SnmpNetwork, 'snmp'>,
    Pick<PingNetwork, 'ping'>,
    Pick<TcpNetwork, 'tcp'>,
    Pick<WebNetwork, 'now' | 'http'> {
  /** The first IP address of a host, with its zone. Rejects with a `Problem`. */
  resolve(host: string): Promise<string>;
  /**
   * Gets a page, whatever its status and its certificate, and follows it on the same server. Rejects where there is
   * no HTTP, or with the signal's reason once aborted.
   */
  page(url: URL, signal: AbortSignal): Promise<WebAnswer>;
  /** The name of an IP address, by the reverse zone or mDNS; undefined where it has none. Rejects only once aborted. */
  nameOf(ip: string, signal: AbortSignal): Promise<string | undefined>;
}
