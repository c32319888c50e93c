import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { EventEmitter, once } from 'node:events';
import { UdpSockets } from '../../../../nodes/protocols/snmp/network/udp.ts';
import { heldAfter } from '../../../support/memory.ts';

const host = { address: '127.0.0.1', family: 4 } as const;

describe('UdpSockets', () => {
  const deaf = { message: () => {}, error: () => {} };
  let sockets: UdpSockets;

  beforeEach(() => {
    sockets = new UdpSockets();
  });
  afterEach(() => sockets.close());

  it('forgets the addresses of ways that are closed', () => {
    const bytes = heldAfter(() => {
      for (let port = 1; port < 50_000; port++) sockets.link(host, port, deaf).close();
    });
    assert.ok(bytes < 2e6, `${bytes} bytes`);
  });

  describe('with a peer that sends everything back', () => {
    let peer: Socket;
    let port: number;

    beforeEach(async () => {
      peer = createSocket('udp4');
      peer.on('message', (data, from) => peer.send(data, from.port, from.address));
      peer.bind(0, host.address);
      await once(peer, 'listening');
      ({ port } = peer.address());
    });
    afterEach(() => {
      peer.close();
    });

    it('leaves a way open where another one to the same peer is closed, even twice', async () => {
      const heard = new EventEmitter();
      const first = sockets.link(host, port, deaf);
      first.close();
      const second = sockets.link(host, port, {
        message: (data) => heard.emit('data', data.toString()),
        error: (error) => heard.emit('error', error),
      });
      first.close();
      sockets.link(host, port, deaf).close();
      const answer = once(heard, 'data');
      second.send(Buffer.from('hello'));
      assert.deepEqual(await answer, ['hello']);
      second.close();
    });
  });
});
