import assert from 'node:assert/strict';
import { Budget } from '../../../nodes/shared/flows/budget.ts';
import { DistinctCount } from '../../../nodes/shared/flows/distinct.ts';
import { Peers } from '../../../nodes/shared/flows/peers.ts';
import { TopTable } from '../../../nodes/shared/flows/top-table.ts';
import { randomNumbers } from '../../support/random-numbers.ts';

describe('The table of the largest', () => {
  it('is exact as long as all have room', () => {
    const table = new TopTable(new Budget(1000));
    for (let i = 0; i < 300; i++) table.add(i % 3, i, 1);
    assert.deepEqual(table.top(2), [
      { key: 2, octets: 15_050, packets: 100, bound: 0 },
      { key: 1, octets: 14_950, packets: 100, bound: 0 },
    ]);
  });

  it('finds the largest 20 of a million addresses, within 1 % and within what it tells', () => {
    const random = randomNumbers(3);
    const table = new TopTable(new Budget(200_000));
    const exact = new Map<number, number>();
    const count = 1_000_000;
    let total = 0;
    // By Zipf's law, in any order: the tenth has a tenth of what the first has.
    for (let i = 0; i < 3_000_000; i++) {
      const key = i < count ? i : Math.floor(count ** random()) - 1;
      const octets = 40 + Math.floor(random() * 1460);
      exact.set(key, (exact.get(key) ?? 0) + octets);
      table.add(key, octets, 1);
      total += octets;
    }
    assert.ok(table.size <= 4096);
    const largest = [...exact].sort((a, b) => b[1] - a[1]).slice(0, 20);
    const found = table.top(20);
    assert.deepEqual(new Set(found.map(({ key }) => key)), new Set(largest.map(([key]) => key)));
    for (const { key, octets, bound } of found) {
      const is = exact.get(Number(key))!;
      assert.ok(Math.abs(octets - is) / is < 0.01, `${key}: ${octets} of ${is}`);
      assert.ok(octets <= is && octets + bound >= is);
      assert.ok(bound <= (2 * total) / 2048);
    }
  }).timeout(60_000);

  it('shares its counters with others, of which each has a few for sure', () => {
    const budget = new Budget(100);
    const [one, other] = [new TopTable(budget), new TopTable(budget)];
    for (let i = 0; i < 10_000; i++) one.add(i, 1, 1);
    assert.ok(one.size <= 101);
    other.add('large', 1e6, 1);
    for (let i = 0; i < 10_000; i++) other.add(i, 1, 1);
    assert.ok(other.size <= 64);
    assert.deepEqual(other.top(1)[0]!.key, 'large');
    one.release();
    other.release();
    assert.equal(budget.left, 100);
  });
});

describe('Distinct destinations', () => {
  it('are exact up to 32, then within a tenth', () => {
    const random = randomNumbers(5);
    const count = new DistinctCount();
    let added = 0;
    for (const size of [1, 32, 1000, 20_000, 300_000]) {
      for (; added < size; added++) count.add(Math.floor(random() * 2 ** 32));
      if (size <= 32) assert.equal(count.count, size);
      // Three times the standard error of 3.3 %.
      else assert.ok(Math.abs(count.count - size) / size < 0.1, `${count.count} of ${size}`);
    }
  });

  it('are found of one that scans, in a flood of others', () => {
    const peers = new Peers(new Budget(10_000));
    for (let i = 0; i < 200_000; i++) {
      peers.add(0x01000000 + i, 7);
      if (i % 10 === 0) peers.add(42, 0x0a000000 + i);
    }
    const [first, second] = peers.top(2);
    assert.equal(first!.key, 42);
    assert.ok(first!.peers > 18_000 && first!.peers < 22_000);
    assert.equal(second!.peers, 1);
  });
});
