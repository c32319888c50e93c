import assert from 'node:assert/strict';
import { Sequence } from '../../../nodes/shared/flows/sequence.ts';

describe('The numbers of datagrams', () => {
  const lost = (...numbers: number[]) => {
    const sequence = new Sequence();
    for (const number of numbers) sequence.see(number, [1]);
    return sequence.lost;
  };

  it('tell what was lost, over a wrap too', () => {
    assert.equal(lost(5, 6, 9, 10), 2);
    assert.equal(lost(2 ** 32 - 1, 0, 1), 0);
    assert.equal(lost(2 ** 32 - 2, 1), 2);
  });

  it('take back one that was overtaken', () => {
    assert.equal(lost(5, 7, 6, 8), 0);
  });

  it('begin anew with an exporter that did', () => {
    assert.equal(lost(100_000, 1, 2, 3), 0);
    assert.equal(lost(5, 4_000_000, 4_000_001), 0);
    assert.equal(lost(500, 1, 2, 3, 4, 5, 8), 2);
  });

  it('may count records in NetFlow v9, against the RFC', () => {
    const of = (...seen: [number: number, records: number][]) => {
      const sequence = new Sequence();
      for (const [number, records] of seen) sequence.seeEither(number, records);
      return sequence.lost;
    };
    assert.equal(of([1, 20], [2, 20], [3, 20], [5, 20]), 1);
    assert.equal(of([0, 20], [20, 30], [50, 10], [60, 10]), 0);
    assert.equal(of([0, 20], [20, 30], [60, 10]), 10);
  });

  it('are of the first record in IPFIX, or after the last as softflowd has it', () => {
    const of = (...seen: [number: number, records: number | undefined, flows: number][]) => {
      const sequence = new Sequence();
      for (const one of seen) sequence.seeRecords(...one);
      return sequence.lost;
    };
    assert.equal(of([0, 20, 20], [20, 5, 5], [25, 5, 5]), 0);
    assert.equal(of([0, 20, 20], [25, 5, 5]), 5);
    assert.equal(of([21, 22, 21], [49, 28, 28], [50, 1, 1]), 0);
    assert.equal(of([0, 20, 20], [20, undefined, 0], [99, 5, 5]), 0);
  });
});
