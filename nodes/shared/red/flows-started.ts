import type { NodeAPI } from 'node-red';

/**
 * Gives what resolves once the flows of a start all run. It is one listener for all nodes that wait for the
 * same start: with many, Node-RED would warn of a leak.
 */
export function flowsStartedOf(RED: NodeAPI): () => Promise<void> {
  let starting: Promise<void> | undefined;
  return () =>
    (starting ??= new Promise((resolve) => {
      RED.events.once('flows:started', () => {
        starting = undefined;
        resolve();
      });
    }));
}
