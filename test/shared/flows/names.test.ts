import assert from 'node:assert/strict';
import { type FlowAddress, parseFlowAddress } from '../../../nodes/shared/flows/address.ts';
import { LeaseTable } from '../../../nodes/shared/flows/leases/lease-table.ts';
import { Names, type NamesOptions } from '../../../nodes/shared/flows/names.ts';

const address = (end: number) => parseFlowAddress(`10.0.0.${end}`)!;

describe('The name of an address', () => {
  /** Names of addresses 1 to 5: those of a source are of its address and all after it. */
  async function namesOf(change: Partial<NamesOptions> = {}, date = 0) {
    const asked: string[] = [];
    const names = new Names({
      ...{ privacy: 'full', key: '00', now: () => 0, date: () => date },
      own: new Map<FlowAddress, string>([[address(1), 'own']]),
      resolve: (text) => {
        asked.push(text);
        return text.endsWith('.5') ? Promise.reject(new Error('none')) : Promise.resolve(['dns']);
      },
      ...change,
    });
    names.devices = new Map([1, 2].map((end) => [`10.0.0.${end}`, 'device']));
    const leases = new LeaseTable(0);
    for (const end of [1, 2, 3]) leases.add(`2000000000 0 10.0.0.${end} lease *`);
    names.leases = { nameOf: (one, now) => leases.nameOf(one, now) };
    const all = [1, 2, 3, 4, 5].map(address);
    await names.find(all);
    return { asked, all: all.map((one) => names.textOf(one)) };
  }

  it('is your own, else that of a device, of a lease, or of a name server, which is asked last', async () => {
    const { asked, all } = await namesOf();
    assert.deepEqual(all, ['own', 'device', 'lease', 'dns', '10.0.0.5']);
    assert.deepEqual(asked.sort(), ['10.0.0.4', '10.0.0.5']);
  });

  it('is that of a name server once its lease has ended', async () => {
    const { all } = await namesOf({}, 2e12);
    assert.deepEqual(all, ['own', 'device', 'dns', 'dns', '10.0.0.5']);
  });

  it('is your own only, where addresses are shortened', async () => {
    const { asked, all } = await namesOf({ privacy: 'short' });
    assert.deepEqual([all[0], all[2], asked], ['own', '10.0.0.3', []]);
  });
});
