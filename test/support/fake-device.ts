import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A device that answers polls over HTTP with whatever it is told. */
export class FakeDevice {
  /** what it answers, as JSON */
  answer: object | (() => object);
  /** held back until released, where set */
  hold: Promise<unknown> | undefined;
  /** `127.0.0.1:port` */
  readonly address: string;
  readonly #server: Server;

  private constructor(server: Server, answer: FakeDevice['answer']) {
    this.#server = server;
    this.answer = answer;
    this.address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async open(answer: FakeDevice['answer']): Promise<FakeDevice> {
    const server = createServer((_request, response) => {
      void Promise.resolve(device.hold).then(() => {
        response.setHeader('content-type', 'application/json');
        const { answer } = device;
        response.end(JSON.stringify(typeof answer === 'function' ? answer() : answer));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const device = new FakeDevice(server, answer);
    return device;
  }

  /** The next request. Ask before what leads to it. */
  async asked(): Promise<void> {
    await once(this.#server, 'request');
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
