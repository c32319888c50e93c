import assert from 'node:assert/strict';
import { parseNameFilter } from '../../../nodes/shared/match/name-filter.ts';

describe('parseNameFilter', () => {
  const names = ['lo', 'eth0', 'eth1', 'wlan0', 'veth12'];
  const taken = (filter: string) => names.filter(parseNameFilter('interfaceFilter', filter));

  it('takes what is named, and everything where only exclusions are', () => {
    assert.deepEqual(taken(''), names);
    assert.deepEqual(taken('eth*'), ['eth0', 'eth1']);
    assert.deepEqual(taken(' eth*,!eth1 , lo '), ['lo', 'eth0']);
    assert.deepEqual(taken('!lo, !veth*'), ['eth0', 'eth1', 'wlan0']);
    assert.deepEqual(taken('e.*'), []);
  });

  it('refuses what is no list of names', () => {
    for (const bad of ['eth0,,eth1', '!', 'a\nb', 7, 'x'.repeat(5001)]) {
      assert.throws(() => parseNameFilter('interfaceFilter', bad), {
        message: /^interfaceFilter: expected a list of names such as eth\*, !eth9, but got/,
      });
    }
  });
});
