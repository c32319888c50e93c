import assert from 'node:assert/strict';
import { parseFlowAddress } from '../../../nodes/shared/flows/address.ts';
import { PlaceTable } from '../../../nodes/shared/flows/place-table.ts';

function of(text: string) {
  const table = new PlaceTable();
  for (const line of text.split('\n')) table.add(line);
  table.finish();
  const find = (address: string) => {
    const parsed = parseFlowAddress(address)!;
    return [table.as(parsed), table.country(parsed)];
  };
  return { table, find };
}

describe('A table of networks', () => {
  it('has AS and country of a network, in any order', () => {
    const { find } = of('192.0.2.0/24,AS64500,DE\n198.51.100.0/25;fr;64501\n2001:db8::/32,NL');
    assert.deepEqual(find('192.0.2.255'), [64_500, 'DE']);
    assert.deepEqual(find('198.51.100.127'), [64_501, 'FR']);
    assert.deepEqual(find('198.51.100.128'), [undefined, undefined]);
    assert.deepEqual(find('2001:db8:ffff::1'), [undefined, 'NL']);
    assert.deepEqual(find('2001:db9::'), [undefined, undefined]);
    assert.deepEqual(find('191.255.255.255'), [undefined, undefined]);
  });

  it('takes the narrowest of networks within others', () => {
    const { find } = of('10.0.0.0/8,US\n10.1.0.0/16,DE\n10.1.2.0/24,FR\n10.1.2.3,IT');
    const countries = ['10.0.0.1', '10.1.0.1', '10.1.2.1', '10.1.2.3', '10.1.3.0', '10.2.0.0'];
    assert.deepEqual(
      countries.map((address) => find(address)[1]),
      ['US', 'DE', 'FR', 'IT', 'DE', 'US'],
    );
  });

  it('reads ranges parted by tabs, and columns by their heading', () => {
    const ranges = of(
      '192.0.2.0\t192.0.2.9\t64500\tDE\tExample Net\n192.0.2.10\t192.0.2.20\t0\tNone\tNot routed',
    );
    assert.deepEqual(ranges.find('192.0.2.9'), [64_500, 'DE']);
    assert.deepEqual([ranges.table.size, ranges.table.left], [1, 1]);
    const named = of(
      'network,country,country_code,continent,continent_code,asn,as_name\n' +
        '192.0.2.0/24,Germany,DE,Europe,EU,AS64500,Example',
    );
    assert.deepEqual(named.find('192.0.2.1'), ['AS64500 Example', 'DE']);
  });

  it('leaves out what it cannot read', () => {
    const { table } = of('a,b\nc,d\n192.0.2.0/99,DE\n192.0.2.9,192.0.2.1,DE\n192.0.2.0/24,ZZ\n\n');
    assert.deepEqual([table.size, table.left], [0, 4]);
  });
});
