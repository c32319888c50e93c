import assert from 'node:assert/strict';
import { reachedFrom } from '../../nodes/shared/reached-from.ts';

describe('reachedFrom', () => {
  const nodes = [
    { id: 'a', type: 'poll', wires: [['b', 'gone'], ['out']] },
    { id: 'b', type: 'check', wires: [['c']] },
    { id: 'c', type: 'mail', wires: [['b']] },
    { id: 'out', type: 'link out', wires: [], links: ['in', 'gone'] },
    { id: 'in', type: 'link in', wires: [['d']] },
    { id: 'd', type: 'chart' },
  ];
  const ids = (found: { id: string }[]) => found.map(({ id }) => id);

  it('follows wires and links, the nearest first, and no circle twice', () => {
    assert.deepEqual(ids(reachedFrom(nodes, 'a')), ['b', 'out', 'c', 'in', 'd']);
    assert.deepEqual(ids(reachedFrom(nodes, 'b')), ['c']);
  });

  it('goes no further than a node that keeps what it gets', () => {
    const ends = ({ type }: { type: string }) => type === 'check';
    assert.deepEqual(ids(reachedFrom(nodes, 'a', ends)), ['b', 'out', 'in', 'd']);
  });

  it('finds nothing behind a node that is not there', () => {
    assert.deepEqual(reachedFrom(nodes, 'x'), []);
  });
});
