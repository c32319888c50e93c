import type { Transports } from '../protocols/protocol.ts';
import { HttpClient } from './http.ts';

/** The networks of this machine. */
export const transports: Transports = {
  http: (options) => new HttpClient(options),
};
