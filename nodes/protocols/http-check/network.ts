import { shared } from '../thread/shared.ts';
import { webNetwork } from '../web/network.ts';
import { ConditionThread } from './condition-thread.ts';
import type { HttpCheckNetwork } from './transport.ts';

/** HTTP of this machine, and one thread for the conditions of all accesses of this process. */
export const httpCheckNetwork: HttpCheckNetwork = {
  ...webNetwork,
  conditions: shared(() => new ConditionThread()),
};
