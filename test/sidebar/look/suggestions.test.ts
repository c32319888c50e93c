import assert from 'node:assert/strict';
import type { NetworkInterfaceInfo } from 'node:os';
import { gatewaysOf } from '../../../nodes/shared/host/gateways.ts';
import {
  neighboursOfCommand,
  neighboursOfProc,
  suggest,
} from '../../../nodes/sidebar/look/suggestions.ts';

const info = (cidr: string, internal = false) => {
  const [address] = cidr.split('/') as [string];
  const family = address.includes(':') ? 'IPv6' : 'IPv4';
  return { address, cidr, family, internal, mac: '', netmask: '' } as NetworkInterfaceInfo;
};

describe('what is suggested for looking', () => {
  it('is the own networks, that of the gateway first, and none that is larger than a look', () => {
    const { networks } = suggest({
      interfaces: {
        lo: [info('127.0.0.1/8', true)],
        eth1: [info('10.1.2.3/8'), info('fd00::1/64')],
        eth0: [info('192.168.1.20/24'), info('192.168.1.21/24'), info('169.254.3.4/16')],
        eth2: [info('172.16.5.9/22'), info('192.0.2.1/31'), info('192.0.2.9/32')],
        docker0: [info('172.17.0.1/16')],
        br0: [info('10.9.0.5/24')],
      },
      gateways: [
        { interface: 'br0', address: '10.9.0.1' },
        { interface: 'eth0', address: '192.168.1.1' },
        // Of a neighbouring network.
        { interface: 'eth2', address: '172.16.99.1' },
      ],
      neighbours: [],
    });
    assert.deepEqual(networks, [
      { network: '192.168.1.0/24', interface: 'eth0', hosts: 254, gateway: '192.168.1.1' },
      { network: '10.9.0.0/24', interface: 'br0', hosts: 254, gateway: '10.9.0.1' },
      { network: '10.1.2.0/24', interface: 'eth1', hosts: 254 },
      { network: '172.16.4.0/22', interface: 'eth2', hosts: 1022 },
    ]);
  });

  it('is whom this machine knows, the gateway first, then in their order', () => {
    const { neighbours } = suggest({
      interfaces: {},
      gateways: [{ interface: 'eth0', address: '192.168.1.254' }],
      neighbours: [
        { address: '192.168.1.30', interface: 'eth0' },
        { address: '192.168.1.4', interface: 'eth0' },
        { address: '192.168.1.254', interface: 'eth0' },
        { address: '192.168.1.4', interface: 'eth1' },
        { address: '172.17.0.2', interface: 'docker0' },
        { address: '169.254.169.254', interface: 'eth0' },
        { address: '192.168.1.5' },
      ],
    });
    assert.deepEqual(neighbours, [
      { address: '192.168.1.254', isGateway: true },
      { address: '192.168.1.4', isGateway: false },
      { address: '192.168.1.5', isGateway: false },
      { address: '192.168.1.30', isGateway: false },
    ]);
  });

  it('is nothing where nothing is known', () => {
    const nothing = { interfaces: {}, gateways: [], neighbours: [] };
    assert.deepEqual(suggest(nothing), { networks: [], neighbours: [] });
  });
});

describe('what Linux tells of its surroundings', () => {
  const route = [
    'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
    'eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0',
    'eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0',
    'tun0\t00000000\t00000000\t0001\t0\t0\t50\t00000000\t0\t0\t0',
    'x\t00000000\tnonsense\t0003',
    '',
  ].join('\n');

  it('has the gateways', () => {
    assert.deepEqual(gatewaysOf(route, 'LE'), [{ interface: 'eth0', address: '192.168.1.1' }]);
    assert.deepEqual(gatewaysOf(route, 'BE'), [{ interface: 'eth0', address: '1.1.168.192' }]);
    assert.deepEqual(gatewaysOf('', 'LE'), []);
  });

  it('has the neighbours that have answered', () => {
    const arp = [
      'IP address       HW type     Flags       HW address            Mask     Device',
      '192.168.1.1      0x1         0x2         00:1b:21:3c:4d:5e     *        eth0',
      '192.168.1.7      0x1         0x0         00:00:00:00:00:00     *        eth0',
      '192.168.1.8      0x1         0x2         00:00:00:00:00:00     *        eth0',
      '300.168.1.8      0x1         0x2         00:1b:21:3c:4d:5f     *        eth0',
      'nonsense',
      '',
    ].join('\n');
    assert.deepEqual(neighboursOfProc(arp), [{ address: '192.168.1.1', interface: 'eth0' }]);
    assert.deepEqual(neighboursOfProc(''), []);
  });
});

describe('what arp prints', () => {
  it('is read of macOS and Windows', () => {
    const mac = [
      '? (192.168.1.1) at 0:1b:21:3c:4d:5e on en0 ifscope [ethernet]',
      '? (192.168.1.7) at (incomplete) on en0 ifscope [ethernet]',
      '? (224.0.0.251) at 1:0:5e:0:0:fb on en0 ifscope permanent [ethernet]',
    ].join('\n');
    assert.deepEqual(neighboursOfCommand(mac), [{ address: '192.168.1.1', interface: 'en0' }]);
    const windows = [
      'Interface: 192.168.1.20 --- 0x5',
      '  Internet Address      Physical Address      Type',
      '  192.168.1.1           00-1b-21-3c-4d-5e     dynamic',
      '  192.168.1.255         ff-ff-ff-ff-ff-ff     static',
      '  224.0.0.22            01-00-5e-00-00-16     static',
    ].join('\r\n');
    assert.deepEqual(neighboursOfCommand(windows), [{ address: '192.168.1.1' }]);
  });
});
