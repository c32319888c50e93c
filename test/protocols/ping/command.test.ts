import assert from 'node:assert/strict';
import { pingCommands } from '../../../nodes/protocols/ping/command.ts';

describe('pingCommands', () => {
  for (const [platform, ip, ...expected] of [
    ['linux', '10.0.0.1', 'ping -n -c 5 -i 0.2 -W 2 -- 10.0.0.1'],
    ['linux', 'fd00::1', 'ping -n -c 5 -i 0.2 -W 2 -- fd00::1', 'ping6 -n -c 5 -- fd00::1'],
    ['darwin', '10.0.0.1', 'ping -n -c 5 -i 0.2 -W 2000 -- 10.0.0.1'],
    ['darwin', 'fe80::1%en0', 'ping6 -n -c 5 -i 0.2 -- fe80::1%en0'],
    ['win32', '10.0.0.1', 'ping -n 5 -w 2000 10.0.0.1'],
  ] as const) {
    it(`fits ${platform}, ${ip}`, () => {
      assert.deepEqual(
        pingCommands(platform, ip, 5).map(({ file, args }) => [file, ...args].join(' ')),
        expected,
      );
    });
  }

  it('keeps what begins with - from being an option', () => {
    assert.deepEqual(pingCommands('linux', '-f', 5)[0]!.args.slice(-2), ['--', '-f']);
  });
});
