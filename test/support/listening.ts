import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Resolves once something on this machine takes connections at a port. */
export async function listening(port: number): Promise<void> {
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (isOpen) return;
    await wait(20);
  }
}
