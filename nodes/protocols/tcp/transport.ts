/** What a check of a TCP port needs. */
export interface TcpNetwork {
  /** ms since the Unix epoch */
  now(): number;
  /** Connects, and ends the connection. Resolves to how long it took, in ms. */
  tcp(host: string, port: number, signal: AbortSignal): Promise<number>;
}
