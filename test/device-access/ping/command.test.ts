import assert from 'node:assert/strict';
import { pingCommand } from '../../../nodes/device-access/ping/command.ts';

describe('pingCommand', () => {
  for (const [platform, host, expected] of [
    ['linux', 'fd00::1', 'ping -n -c 5 -i 0.2 -W 2 -- fd00::1'],
    ['darwin', 'core-1', 'ping -n -c 5 -i 0.2 -W 2000 -- core-1'],
    ['darwin', 'fd00::1', 'ping6 -n -c 5 -i 0.2 -- fd00::1'],
    ['win32', 'core-1', 'ping -n 5 -w 2000 core-1'],
  ] as const) {
    it(`fits ${platform}, ${host}`, () => {
      const { file, args } = pingCommand(platform, host, 5);
      assert.equal([file, ...args].join(' '), expected);
    });
  }

  it('keeps what begins with - from being an option', () => {
    const { args } = pingCommand('linux', '-f', 5);
    assert.deepEqual(args.slice(-2), ['--', '-f']);
  });
});
