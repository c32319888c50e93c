import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { ntpNetwork } from '../../../nodes/protocols/ntp/network.ts';
import { question, readAnswer } from '../../../nodes/protocols/ntp/packet.ts';
import { Problem } from '../../../nodes/shared/problem.ts';
import { freePort } from '../../support/free-port.ts';
import { answerTo, type Said } from './ntp-answer.ts';

describe("NTP's network", () => {
  const never = new AbortController().signal;
  const open: Socket[] = [];
  afterEach(() => {
    for (const socket of open.splice(0)) socket.close();
  });

  /** A server that sends what `answers` gives for a question. */
  async function server(answers: (packet: Buffer) => Uint8Array[], host = '127.0.0.1') {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    open.push(socket);
    socket.on('message', (packet, { port, address }) => {
      for (const answer of answers(packet)) socket.send(answer, port, address);
    });
    socket.bind(0, host);
    await once(socket, 'listening');
    return { host, port: socket.address().port, socket };
  }

  function ask(target: { host: string; port: number }, signal = never) {
    const nonce = ntpNetwork.nonce();
    const read = (bytes: Uint8Array) => readAnswer(bytes, nonce);
    return ntpNetwork.exchange(target, question(4, nonce), read, signal);
  }

  const says = (said: Said) => (packet: Buffer) => [answerTo(packet, said)];

  for (const host of ['127.0.0.1', '::1']) {
    it(`asks a server at ${host}`, async () => {
      const { answer, sent, received } = await ask(await server(says({ stratum: 3 }), host));
      assert.equal(answer.stratum, 3);
      assert.ok(received > sent);
    });
  }

  it('asks by name, at the next address where one refuses', async () => {
    const { port } = await server(says({ stratum: 3 }));
    assert.equal((await ask({ host: 'localhost', port })).answer.stratum, 3);
  });

  it('asks from another port and with other random bytes each time', async () => {
    const seen = new Set<string>();
    const peer = await server((packet) => {
      seen.add(packet.subarray(40).toString('hex'));
      return [answerTo(packet)];
    });
    const ports = new Set<number>();
    peer.socket.on('message', (_, { port }) => ports.add(port));
    for (let i = 0; i < 5; i++) await ask(peer);
    assert.equal(seen.size, 5);
    assert.ok(ports.size > 1);
  });

  it('passes over what is no answer to its question', async () => {
    const peer = await server((packet) => [
      Buffer.from('hello'),
      answerTo(Buffer.alloc(48), { stratum: 1 }),
      answerTo(packet, { mode: 3 }),
      answerTo(packet, { stratum: 5 }),
    ]);
    assert.equal((await ask(peer)).answer.stratum, 5);
  });

  it('does not hear an answer from elsewhere', async () => {
    const other = await server(() => []);
    const peer = await server(() => []);
    peer.socket.on('message', (packet, { port, address }) => {
      const wrong = answerTo(packet, { stratum: 1 });
      other.socket.send(wrong, port, address, () => {
        peer.socket.send(answerTo(packet, { stratum: 2 }), port, address);
      });
    });
    assert.equal((await ask(peer)).answer.stratum, 2);
  });

  it('says what came instead, if nothing better does in time', async () => {
    const abort = new AbortController();
    const peer = await server(() => [Buffer.from('hello'), Buffer.from('end')]);
    const asking = ntpNetwork.exchange(
      peer,
      question(4, ntpNetwork.nonce()),
      (bytes) => {
        if (bytes.length === 3) {
          setImmediate(() => abort.abort(new Problem('timeout', { seconds: 1 })));
        }
        return readAnswer(bytes, new Uint8Array(8));
      },
      abort.signal,
    );
    await assert.rejects(asking, {
      message: 'what answers does not speak NTP properly (3 bytes)',
    });
  });

  it('tells of a port that nobody listens at', async () => {
    await assert.rejects(ask({ host: '127.0.0.1', port: await freePort() }), {
      message: 'connection refused',
    });
  });

  it('ends at once when it is aborted, before and while it waits', async () => {
    const reason = new Error('closed');
    const peer = await server(() => []);
    await assert.rejects(ask(peer, AbortSignal.abort(reason)), reason);
    const abort = new AbortController();
    const asking = ask(peer, abort.signal);
    await once(peer.socket, 'message');
    abort.abort(reason);
    await assert.rejects(asking, reason);
  });
});
