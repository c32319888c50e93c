/** What a ping needs. */
export interface PingNetwork {
  /** ms since the Unix epoch */
  now(): number;
  /** Rejects with a `Problem`, or with the signal's reason once aborted. */
  ping(request: PingRequest, signal: AbortSignal): Promise<PingOutput>;
}

export interface PingRequest {
  host: string;
  packets: number;
  /** after which it ends with what it has got, in ms */
  limit: number;
}

/** What the system's ping said. */
export interface PingOutput {
  out: string;
  errors: string;
}
