import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Access } from '../../../nodes/device-access/access.ts';
import { defaults } from '../../../nodes/device-access/config.ts';
import { ifMib } from '../../../nodes/protocols/if-mib/if-mib.ts';
import { SnmpClient } from '../../../nodes/protocols/snmp/network/client.ts';
import { closeAgents, listen } from '../../support/snmp-agent.ts';
import { tag } from '../../support/snmp-mib.ts';

const mib = {
  '1.3.6.1.2.1.1.3.0': [tag.ticks, 100] as [number, number],
  [`${ifMib.ifName}.1`]: 'eth0',
  [`${ifMib.ifHCInOctets}.1`]: 5n,
};

describe('Memory between two polls over SNMP', () => {
  const opened: { close(): Promise<void> }[] = [];

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((each) => each.close()));
    closeAgents();
  });

  it('holds no answer of a poll that has ended', async () => {
    const { address } = await listen(mib);
    const access = new Access({ ...defaults, protocol: 'snmp' }, { secret: 'public' });
    opened.push(access);
    const answer = await weakly(async () => {
      const polled = await access.poll(address, new AbortController().signal);
      assert.ok('snapshot' in polled);
      return polled.snapshot;
    });
    await assertFreed(answer);
  });

  it('holds no packet of a request that has ended', async () => {
    const { address } = await listen(mib);
    const client = new SnmpClient({ version: '2c', community: 'public' });
    opened.push(client);
    const device = client.device({ host: '127.0.0.1', port: Number(address.split(':')[1]) });
    const row = await weakly(async () => (await device.next([ifMib.ifName], 2))[0]!);
    await assertFreed(row);
  });
});

async function weakly<T extends object>(make: () => Promise<T>): Promise<WeakRef<T>> {
  return new WeakRef(await make());
}

async function assertFreed(ref: WeakRef<object>): Promise<void> {
  // A WeakRef holds until the end of the turn that made it.
  await nextTurn();
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  assert.equal(ref.deref(), undefined);
}
