import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pinger, type RunPing } from '../../../nodes/protocols/ping/network.ts';
import { readPing } from '../../../nodes/protocols/ping/output.ts';
import { Problem } from '../../../nodes/shared/problem.ts';
import { needs, pathOf } from '../../support/program.ts';

const never = new AbortController().signal;
const request = { host: 'core-1', packets: 1, limit: 1000 };
const reply = '64 bytes: seq=1 time=1 ms\n1 packets transmitted, 1 received\n';
const silence = '1 packets transmitted, 0 received\n';

describe('Pinger', () => {
  let outputs: Record<string, string>;
  let asked: string[];
  let forgotten: string[];

  const run: RunPing = ({ file, args }) => {
    const ip = args.at(-1)!;
    asked.push(file === 'ping' ? ip : `${file} ${ip}`);
    const out = outputs[asked.at(-1)!];
    return out === undefined
      ? Promise.reject(new Problem('pingFailed', { reason: 'none' }))
      : Promise.resolve({ out, errors: '' });
  };
  const pinger = () =>
    new Pinger(run, {
      resolve: () =>
        Promise.resolve([
          { address: '::1', family: 6 },
          { address: '127.0.0.1', family: 4 },
        ]),
      forget: (host) => forgotten.push(host),
    });

  beforeEach(() => {
    asked = [];
    forgotten = [];
  });

  it('asks all addresses of a name, and then the one that replied', async () => {
    outputs = { '::1': silence, '127.0.0.1': reply };
    const made = pinger();
    assert.equal((await made.ping(request, never)).out, reply);
    assert.deepEqual(asked.splice(0), ['::1', '127.0.0.1']);
    assert.equal((await made.ping(request, never)).out, reply);
    assert.deepEqual(asked.splice(0), ['127.0.0.1']);
    outputs = { '::1': reply, '127.0.0.1': silence };
    assert.equal((await made.ping(request, never)).out, silence);
    assert.deepEqual(forgotten, ['core-1']);
    assert.equal((await made.ping(request, never)).out, reply);
  });

  it('tells of the silence where no address replies, rather than of one that cannot be asked', async () => {
    outputs = { '::1': 'ping: connect: Network is unreachable\n', '127.0.0.1': silence };
    assert.equal((await pinger().ping(request, never)).out, silence);
  });

  it('asks the other program for IPv6 where the first cannot', async function () {
    if (process.platform !== 'linux') this.skip();
    outputs = { '::1': 'ping: unknown host\n', 'ping6 ::1': reply, '127.0.0.1': silence };
    assert.equal((await pinger().ping(request, never)).out, reply);
  });

  for (const program of ['busybox', 'inetutils-ping']) {
    describe(`with the ping of ${program}`, () => {
      const path = process.env.PATH;
      let directory: string;

      before(function () {
        needs(this, program);
        directory = mkdtempSync(join(tmpdir(), 'netmon-'));
        symlinkSync(pathOf(program)!, join(directory, 'ping'));
        process.env.PATH = directory;
      });
      after(() => {
        process.env.PATH = path;
        if (directory) rmSync(directory, { recursive: true });
      });

      it('measures this machine', async () => {
        const output = await new Pinger().ping(
          { host: '127.0.0.1', packets: 3, limit: 5000 },
          never,
        );
        const { sent, received, times } = readPing(output, '127.0.0.1');
        assert.deepEqual({ sent, received }, { sent: 3, received: 3 });
        assert.equal(times.length, 3);
      });
    });
  }
});
