import assert from 'node:assert/strict';
import { arpTableOf } from '../../../nodes/shared/host/arp.ts';

// As Linux writes it (fs/proc, arp.c); flags 0x0 are of an address that never answered.
const content = `IP address       HW type     Flags       HW address            Mask     Device
192.0.2.1        0x1         0x2         00:00:5e:00:53:01     *        eth0
192.0.2.7        0x1         0x0         00:00:00:00:00:00     *        eth0
192.0.2.9        0x1         0x6         00:00:5E:00:53:0A     *        eth0
192.0.2.2        0x1         0x2         00:00:5e:00:53:01     *        eth0
192.0.2.1        0x1         0x2         00:00:5e:00:53:01     *        br0
10.8.0.2         0x200       0x2         *                     *        tun0
`;

describe('arpTableOf', () => {
  it('has the addresses of each hardware address that answered', () => {
    assert.deepEqual(Object.fromEntries(arpTableOf(content)), {
      '00:00:5e:00:53:01': ['192.0.2.1', '192.0.2.2'],
      '00:00:5e:00:53:0a': ['192.0.2.9'],
    });
  });

  it('has none where there is no such file, or another one', () => {
    assert.equal(arpTableOf('').size, 0);
    assert.equal(arpTableOf('no\nsuch thing 1 2 3\n\n').size, 0);
  });
});
