import { HttpClient } from './http-client.ts';
import type { WebNetwork } from './transport.ts';

/** HTTP of this machine; the library is loaded for the first request. */
export const webNetwork: WebNetwork = {
  now: Date.now,
  http: (options) => new HttpClient(options),
};
