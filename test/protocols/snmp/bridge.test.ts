import assert from 'node:assert/strict';
import { Agent } from '../../../nodes/protocols/snmp/agent.ts';
import { BridgeTable, mostBehind } from '../../../nodes/protocols/snmp/profiles/bridge.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type LiveMib, MemoryDevice, type Mib, tag } from '../../support/snmp-mib.ts';

const withVlans = '1.3.6.1.2.1.17.7.1.2.2.1.2';
const withoutVlans = '1.3.6.1.2.1.17.4.3.1.2';
const basePort = '1.3.6.1.2.1.17.1.4.1.2';
const minute = 60_000;

/** A row of a forwarding table as switches have it: by VLAN, where there are any, and by the bytes of the address. */
const row = (last: number, port: number, vlan?: number): Mib => {
  const address = [0, 0, 0x5e, 0, 0x53, last].join('.');
  return vlan === undefined
    ? { [`${withoutVlans}.${address}`]: [tag.integer, port] }
    : { [`${withVlans}.${vlan}.${address}`]: [tag.integer, port] };
};
const hardware = (last: number) => `00:00:5e:00:53:${last.toString(16).padStart(2, '0')}`;
const arp = new Map([1, 2, 3, 9].map((last) => [hardware(last), [`192.0.2.${last}`]]));
const interfaces = [
  { name: 'Gi1/0/1', index: 10101 },
  { name: 'Gi1/0/2', index: 10102 },
];
const ports: Mib = {
  [`${basePort}.1`]: [tag.integer, 10101],
  [`${basePort}.2`]: [tag.integer, 10102],
};

describe('BridgeTable', () => {
  let clock: FakeClock;
  let device: MemoryDevice;
  let bridge: BridgeTable;

  const begin = (mib: LiveMib, ms?: () => number) => {
    clock = new FakeClock();
    device = new MemoryDevice(mib, ms);
    bridge = new BridgeTable(new Agent(device, 25, clock), clock);
  };
  const read = async () =>
    (await bridge.read(interfaces, arp)).map(({ metric, labels, info }) => {
      assert.equal(metric, 'bridge_neighbor');
      return [labels!.interface, labels!.neighbor, info!.addresses].join(' ');
    });

  it('has each address that this machine knows by the port that it is behind', async () => {
    begin({
      ...ports,
      ...row(1, 1, 1),
      // In another VLAN too, and beside one that nobody knows.
      ...row(2, 2, 1),
      ...row(2, 2, 20),
      ...row(200, 2, 20),
      // A port of which no interface is known, and none.
      ...row(3, 7, 1),
      ...row(9, 0, 1),
    });
    assert.deepEqual(await read(), ['Gi1/0/1 192.0.2.1 1', 'Gi1/0/2 192.0.2.2 2', '7 192.0.2.3 1']);
  });

  it('reads the table of a bridge without VLANs, where there is none with', async () => {
    begin({ ...ports, ...row(1, 1), ...row(2, 2) });
    assert.deepEqual(await read(), []);
    assert.deepEqual(await read(), ['Gi1/0/1 192.0.2.1 1', 'Gi1/0/2 192.0.2.2 1']);
  });

  it('leaves out a port with many behind it', async () => {
    const many = Array.from({ length: mostBehind }, (_, i) => row(100 + i, 2, 1));
    const rest = Object.assign({}, ...many) as Mib;
    begin({ ...ports, ...row(1, 1, 1), ...row(2, 2, 1), ...rest });
    assert.deepEqual(await read(), ['Gi1/0/1 192.0.2.1 1']);
  });

  it('tells the same with each poll, and reads the table seldom', async () => {
    begin({ ...ports, ...row(1, 1, 1) });
    await read();
    const { length: asked } = device.asked;
    device.mib = { ...ports, ...row(1, 2, 1) };
    assert.deepEqual(await read(), ['Gi1/0/1 192.0.2.1 1']);
    assert.equal(device.asked.length, asked);
    clock.advance(10 * minute);
    assert.deepEqual(await read(), ['Gi1/0/2 192.0.2.1 1']);
  });

  it('does not ask a device again soon that is no bridge', async () => {
    begin({ '1.3.6.1.2.1.1.3.0': 1 });
    await read();
    await read();
    const { length: asked } = device.asked;
    clock.advance(59 * minute);
    await read();
    assert.equal(device.asked.length, asked);
    clock.advance(minute);
    await read();
    assert.ok(device.asked.length > asked);
  });

  it('spreads a large table over several polls', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => row(i, 3, 100 + i));
    const mib = Object.assign({}, ...rows, ports, row(1, 1, 1)) as Mib;
    const live = Object.entries(mib).map(([oid, value]) => [oid, () => value] as const);
    // Each value takes 10 ms.
    begin(Object.fromEntries(live), () => {
      clock.advance(10);
      return 0;
    });
    let polls = 0;
    while ((await read()).length === 0) polls++;
    assert.ok(polls > 1 && polls < 10, String(polls));
    assert.deepEqual(await read(), ['Gi1/0/1 192.0.2.1 1']);
  });

  it('leaves a device alone whose poll was given up meanwhile', async () => {
    begin({ ...ports, ...row(1, 1, 1) });
    const whole = device.next.bind(device);
    device.next = () => Promise.reject(new Error('given up'));
    await assert.rejects(read(), /given up/);
    device.next = whole;
    assert.deepEqual(await read(), []);
    clock.advance(60 * minute);
    assert.deepEqual(await read(), ['Gi1/0/1 192.0.2.1 1']);
  });

  it('leaves a table without an end alone, and the rest of the poll goes well', async () => {
    begin({});
    device.next = () => Promise.resolve([[{ oid: `${withVlans}.1`, type: tag.integer, value: 1 }]]);
    assert.deepEqual(await read(), []);
  });

  it('asks nothing where this machine knows no addresses', async () => {
    begin({ ...ports, ...row(1, 1, 1) });
    assert.deepEqual(await bridge.read(interfaces, new Map()), []);
    assert.equal(device.asked.length, 0);
  });
});
