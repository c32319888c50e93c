import assert from 'node:assert/strict';
import { nameList } from '../../nodes/protocols/interface-choice.ts';
import { parseNames } from '../../nodes/shared/match/parse-filter.ts';

describe('nameList', () => {
  const all = ['lo', 'eth0', 'eth1', 'eth2'];
  const list = (...chosen: string[]) => nameList(all, new Set(chosen));

  it('names what is taken or what is not, whichever is shorter', () => {
    assert.equal(list('eth0'), 'eth0');
    assert.equal(list('eth0', 'eth1', 'eth2'), '!lo');
    assert.equal(list(...all), '');
    assert.equal(list(), '!lo, !eth0, !eth1, !eth2');
  });

  it('takes what was chosen, whatever signs it has', () => {
    const names = ['a, b', '!c', ' d', 'e', 'e', 'f'];
    for (const chosen of [['a, b'], ['!c', ' d'], ['e'], ['a, b', '!c', ' d', 'e']]) {
      const filter = parseNames('interfaceNames', nameList(names, new Set(chosen)));
      assert.deepEqual(new Set(names.filter((name) => filter.takes(name))), new Set(chosen));
    }
  });

  it('stays within a field for a large switch', () => {
    const ports = Array.from({ length: 384 }, (_, i) => `GigabitEthernet${i}/0/1`);
    const odd = new Set(ports.filter((_, i) => i % 2 === 1));
    const filter = parseNames('interfaceNames', nameList(ports, odd));
    assert.deepEqual(new Set(ports.filter((name) => filter.takes(name))), odd);
  });
});
