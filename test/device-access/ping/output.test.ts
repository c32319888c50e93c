import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readPing } from '../../../nodes/device-access/ping/output.ts';
import { Problem } from '../../../nodes/shared/problem.ts';

const iputils = `PING 10.0.0.1 (10.0.0.1) 56(84) bytes of data.
64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=0.368 ms
64 bytes from 10.0.0.1: icmp_seq=3 ttl=64 time=1.05 ms
64 bytes from 10.0.0.1: icmp_seq=2 ttl=64 time=12 ms
64 bytes from 10.0.0.1: icmp_seq=2 ttl=64 time=13 ms (DUP!)

--- 10.0.0.1 ping statistics ---
4 packets transmitted, 3 received, +1 duplicates, 25% packet loss, time 609ms
rtt min/avg/max/mdev = 0.368/6.604/13.000/5.920 ms
`;

const busybox = `PING 10.0.0.1 (10.0.0.1): 56 data bytes
64 bytes from 10.0.0.1: seq=0 ttl=64 time=0.059 ms
64 bytes from 10.0.0.1: seq=1 ttl=64 time=0.108 ms

--- 10.0.0.1 ping statistics ---
2 packets transmitted, 2 packets received, 0% packet loss
round-trip min/avg/max = 0.059/0.083/0.108 ms
`;

const mac = `PING6(56=40+8+8 bytes) ::1 --> ::1
16 bytes from ::1, icmp_seq=0 hlim=64 time=0.077 ms
Request timeout for icmp_seq 1

--- ::1 ping6 statistics ---
2 packets transmitted, 1 packets received, 50.0% packet loss
round-trip min/avg/max/std-dev = 0.077/0.077/0.077/0.000 ms
`;

const windows = `
Ping wird ausgeführt für 10.0.0.1 mit 32 Bytes Daten:
Antwort von 10.0.0.1: Bytes=32 Zeit<1ms TTL=64
Antwort von 10.0.0.1: Bytes=32 Zeit=3ms TTL=64
Zeitüberschreitung der Anforderung.
Antwort von 10.0.0.9: Zielhost nicht erreichbar.

Ping-Statistik für 10.0.0.1:
    Pakete: Gesendet = 4, Empfangen = 2, Verloren = 2
    (50% Verlust),
Ca. Zeitangaben in Millisek.:
    Minimum = 1ms, Maximum = 3ms, Mittelwert = 2ms
`;

const read = (out: string, errors = '') => readPing({ out, errors }, 'core-1');

describe('readPing', () => {
  for (const [name, out, expected] of [
    ['iputils', iputils, { sent: 4, received: 3, times: [0.368, 12, 1.05] }],
    ['BusyBox', busybox, { sent: 2, received: 2, times: [0.059, 0.108] }],
    ['macOS', mac, { sent: 2, received: 1, times: [0.077] }],
    ['Windows', windows.replace('\n    (50', ' (50'), { sent: 4, received: 2, times: [1, 3] }],
    ['Windows over two lines', windows, { sent: 4, received: 2, times: [1, 3] }],
    [
      'a device that is not there',
      '\n--- 10.0.0.1 ping statistics ---\n5 packets transmitted, 0 received, 100% packet loss, time 812ms\n\n',
      { sent: 5, received: 0, times: [] },
    ],
    [
      'unreachable replies',
      'From 10.0.0.9 icmp_seq=1 Destination Host Unreachable\n\n--- x ping statistics ---\n2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 200ms\n',
      { sent: 2, received: 0, times: [] },
    ],
  ] as const) {
    it(`reads ${name}`, () => assert.deepEqual(read(out), expected));
  }

  for (const [errors, message] of [
    ['ping: core-1: Name or service not known\n', 'the name core-1 was not found'],
    ["ping: bad address 'core-1'\n", 'the name core-1 was not found'],
    [
      'ping: core-1: Temporary failure in name resolution',
      'the device cannot be reached (EAI_AGAIN)',
    ],
    [
      'ping: connect: Network is unreachable',
      'the device cannot be reached (Network is unreachable)',
    ],
    [
      'ping: socket: Operation not permitted\nmore',
      'ping failed (ping: socket: Operation not permitted)',
    ],
    ['', 'ping failed (no output)'],
  ] as const) {
    it(`says why it could not work: ${message}`, () => {
      assert.throws(() => read('', errors), { name: 'Problem', message });
    });
  }

  it('takes any text, and throws nothing but problems', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('64 bytes', 'time=', '1 packets transmitted, 1 received', ' ms', '= 1, x= ('),
      fc.integer().map(String),
    );
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom('', ' ', '\n'), (parts, separator) => {
        try {
          const { sent, received, times } = read(parts.join(separator), parts.join(' '));
          return received <= sent && times.every((time) => time >= 0);
        } catch (error) {
          return error instanceof Problem;
        }
      }),
    );
  });

  it('is quick on hostile text', () => {
    for (const text of ['= 1, a'.repeat(50_000), '=1'.repeat(100_000), 'ping: '.repeat(50_000)])
      assert.throws(() => read(text, text), Problem);
  });
});
