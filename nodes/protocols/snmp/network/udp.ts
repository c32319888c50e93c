import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { IpAddress } from '../../network/resolve.ts';

/** bytes: the answers of many devices may come at once */
const buffer = 1 << 20;

/** What one peer sends, and what goes wrong with sending to it. */
export interface UdpListener {
  message(data: Buffer): void;
  /** is told of what came from an address and port that nobody listens to */
  stranger?(data: Buffer, address: string): void;
  error(error: Error): void;
}

/** A way to one peer. */
export interface UdpLink {
  send(data: Uint8Array): void;
  close(): void;
}

/**
 * One socket for each version of IP, shared by all peers and opened when it is first needed. A peer
 * hears only what comes from its own address and port.
 */
export class UdpSockets {
  readonly #sockets = { 4: new SharedSocket('udp4'), 6: new SharedSocket('udp6') };

  /** Opens a way to a peer. Where a listener throws, the others do not notice. */
  link({ address, family }: IpAddress, port: number, listener: UdpListener): UdpLink {
    return this.#sockets[family].link(address, port, listener);
  }

  close(): void {
    this.#sockets[4].close();
    this.#sockets[6].close();
  }
}

class SharedSocket {
  readonly #type: 'udp4' | 'udp6';
  /** by address and port */
  readonly #listeners = new Map<string, Set<UdpListener>>();
  #socket: Socket | undefined;

  constructor(type: 'udp4' | 'udp6') {
    this.#type = type;
  }

  link(address: string, port: number, listener: UdpListener): UdpLink {
    const key = `${address}:${port}`;
    let listeners = this.#listeners.get(key);
    if (!listeners) this.#listeners.set(key, (listeners = new Set()));
    listeners.add(listener);
    return {
      send: (data) => {
        (this.#socket ??= this.#open()).send(data, port, address, (error) => {
          if (error) listener.error(error);
        });
      },
      close: () => {
        listeners.delete(listener);
        if (listeners.size === 0 && this.#listeners.get(key) === listeners) {
          this.#listeners.delete(key);
        }
      },
    };
  }

  close(): void {
    this.#socket?.close();
    this.#socket = undefined;
    this.#listeners.clear();
  }

  #open(): Socket {
    const socket = createSocket({ type: this.#type, recvBufferSize: buffer });
    socket.on('message', (data, from) => this.#receive(data, from));
    socket.on('error', (error) => {
      // The next one to send opens another.
      socket.close();
      this.#socket = undefined;
      for (const listeners of [...this.#listeners.values()]) {
        for (const listener of [...listeners]) listener.error(error);
      }
    });
    return socket;
  }

  #receive(data: Buffer, { address, port }: RemoteInfo): void {
    const known = this.#listeners.get(`${address}:${port}`);
    if (!known) {
      for (const listeners of this.#listeners.values()) {
        for (const listener of listeners) listener.stranger?.(data, address);
      }
      return;
    }
    for (const listener of known) {
      try {
        listener.message(data);
      } catch (error) {
        listener.error(error as Error);
      }
    }
  }
}
