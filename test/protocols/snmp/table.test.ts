import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Varbind } from '../../../nodes/protocols/if-mib/varbind.ts';
import { AnswerSize } from '../../../nodes/protocols/snmp/answer-size.ts';
import { readTable, Walk } from '../../../nodes/protocols/snmp/table.ts';
import { endOfMib } from '../../../nodes/protocols/snmp/transport.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { MemoryDevice, type Mib } from '../../support/snmp-mib.ts';

const columns = ['1.3.1', '1.3.2', '1.3.10'];
const size = () => new AnswerSize(new FakeClock());

/** A table as plain objects: index to values. */
async function read(device: Pick<MemoryDevice, 'next'>, options = {}) {
  const asked = { next: device.next.bind(device), cancel() {} };
  const known = { size: size(), repetitions: 25, clock: new FakeClock(), ...options };
  const table = await readTable(asked, new Walk(columns), known);
  return Object.fromEntries(
    Array.from(table, ([index, cells]) => [index, cells.map((cell) => cell?.value)]),
  );
}

describe('readTable', () => {
  const mib: Mib = {
    '1.2.9': 99,
    '1.3.1.1': 11,
    '1.3.1.2': 12,
    '1.3.1.30': 13,
    '1.3.2.1': 21,
    '1.3.2.30': 23,
    '1.3.3.1': 99,
    '1.3.10.2': 102,
    '1.3.10.2.5': 1025,
  };

  it('reads columns side by side, holes and all', async () => {
    assert.deepEqual(await read(new MemoryDevice(mib)), {
      '1': [11, 21, undefined],
      '2': [12, undefined, 102],
      '30': [13, 23, undefined],
      '2.5': [undefined, undefined, 1025],
    });
  });

  it('reads the same in pieces of any size', async () => {
    const whole = await read(new MemoryDevice(mib));
    for (const cuts of [true, false]) {
      for (let limit = 1; limit < 12; limit++) {
        const device = new MemoryDevice(mib);
        Object.assign(device, { limit, cuts });
        assert.deepEqual(await read(device), whole, `limit ${limit}`);
      }
    }
  });

  it('ends at once where there is nothing', async () => {
    const device = new MemoryDevice({});
    assert.deepEqual(await read(device), {});
    assert.equal(device.asked.length, 1);
  });

  it('asks for no more than fits into a frame, and for little behind the last row', async () => {
    const many = Object.fromEntries(
      columns.flatMap((c) => Array.from({ length: 48 }, (_, i) => [`${c}.${i + 1}`, i])),
    );
    const device = new MemoryDevice(many);
    await read(device, { rows: 48 });
    assert.deepEqual(
      device.asked.map(({ oids, repetitions = 0 }) => oids.length * repetitions),
      [60, 75, 12],
    );
    assert.equal(new Set(device.asked.map(({ oids }) => oids.join())).size, 3);
  });

  it('asks for nothing behind the last row where it is known', async () => {
    const device = new MemoryDevice({ '1.3.1.1': 1, '1.3.1.2': 2, '1.3.2.2': 3, '1.3.10.2': 4 });
    await read(device, { rows: 2, last: '2' });
    assert.equal(device.asked.length, 1);
    await read(device, { rows: 2, last: '1' });
    assert.equal(device.asked.length, 2);
  });

  it('asks for less at once where a larger answer than ever does not come', async () => {
    const device = new MemoryDevice(mib);
    const known = size();
    known.learn(60, 60, 1);
    let refuse: ((reason: Error) => void) | undefined;
    const next = (oids: readonly string[], repetitions: number) =>
      oids.length * repetitions > 60
        ? new Promise<Varbind[][]>((_, reject) => (refuse = reject))
        : device.next(oids, repetitions);
    const table = await readTable(
      { next, cancel: (reason) => refuse?.(reason) },
      new Walk(columns),
      {
        size: known,
        clock: new FakeClock(),
        repetitions: 100,
      },
    );
    assert.equal(table.size, 4);
    assert.equal(known.values, 60);
    // It proved no ceiling: another kind of answer may be larger.
    known.learn(60, 60, 1);
    assert.equal(known.values, 60);
  });

  it('remembers what was too big', async () => {
    const device = new MemoryDevice(mib);
    device.limit = 10;
    const known = size();
    await read(device, { size: known });
    assert.equal(known.values, 7);
    device.asked.length = 0;
    await read(device, { size: known });
    assert.ok(device.asked.every(({ oids, repetitions = 1 }) => oids.length * repetitions <= 7));
  });

  it('gives up where even one value is too big', async () => {
    const device = new MemoryDevice(mib);
    device.limit = 0;
    await assert.rejects(read(device), { key: 'snmpTooBig' });
    device.cuts = true;
    await assert.rejects(read(device), { key: 'snmpTooBig' });
  });

  const value = (oid: string): Varbind => ({ oid, type: 66, value: 1 });

  it('cuts a walk that goes round in circles', async () => {
    const next = (oids: readonly string[]) =>
      Promise.resolve(oids.map((oid) => [value(/^1\.3\.\d+$/.test(oid) ? `${oid}.7` : oid)]));
    await assert.rejects(read({ next }), { key: 'snmpEndless', params: { oid: '1.3.1.7' } });
  });

  it('cuts a walk that never ends', async () => {
    let n = 0;
    const next = (oids: readonly string[]) =>
      Promise.resolve(oids.map((_, c) => [value(`${columns[c] ?? '1.4'}.${++n}`)]));
    await assert.rejects(read({ next }), { key: 'snmpEndless' });
  });

  it('takes rows that are not sorted', async () => {
    const order = ['5', '3', '4'];
    const next = (oids: readonly string[]) =>
      Promise.resolve(
        oids.map((oid) => {
          const [, prefix, index] = /^(1\.3\.\d+)\.?(.*)$/.exec(oid)!;
          const following = order[index === '' ? 0 : order.indexOf(index!) + 1];
          return [
            following ? value(`${prefix}.${following}`) : { oid, type: endOfMib, value: null },
          ];
        }),
      );
    assert.deepEqual(Object.keys(await read({ next })).sort(), ['3', '4', '5']);
  });

  it('takes rows that come and go during the walk', async () => {
    const device = new MemoryDevice(mib);
    const next = (oids: readonly string[]) => {
      const answer = device.next(oids, 1);
      device.mib = { '1.3.1.2': 5, '1.3.1.4': 6, '1.3.2.4': 7 };
      return answer;
    };
    assert.deepEqual(await read({ next }), {
      '1': [11, 21, undefined],
      '2': [5, undefined, 102],
      '4': [6, 7, undefined],
    });
  });

  it('goes on where it was interrupted', async () => {
    const device = new MemoryDevice(mib);
    device.limit = 3;
    device.cuts = true;
    const walk = new Walk(columns);
    const options = { size: size(), repetitions: 1, clock: new FakeClock() };
    let left = 2;
    const next = (oids: readonly string[], repetitions: number) =>
      left-- > 0 ? device.next(oids, repetitions) : Promise.reject(new Error('interrupted'));
    const asked = { next, cancel() {} };
    await assert.rejects(readTable(asked, walk, options), { message: 'interrupted' });
    const before = device.asked.length;
    left = Infinity;
    const table = await readTable(asked, walk, options);
    assert.deepEqual([...table.keys()].sort(), ['1', '2', '2.5', '30']);
    device.asked.length = 0;
    await readTable(asked, new Walk(columns), options);
    const whole = device.asked.length;
    assert.ok(before === 2 && whole > 2);
  });

  it('reads 10,000 rows', async () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => String(i + 1));
    let asked = 0;
    const next = (oids: readonly string[], repetitions: number) => {
      asked++;
      return Promise.resolve(
        oids.map((oid) => {
          const [, prefix, index] = /^(1\.3\.\d+)\.?(.*)$/.exec(oid)!;
          const found = rows.slice(Number(index), Number(index) + repetitions);
          const values = found.map((row) => value(`${prefix}.${row}`));
          return values.length < repetitions ? [...values, value('1.4')] : values;
        }),
      );
    };
    assert.equal(Object.keys(await read({ next })).length, 10_000);
    // Once with 20 rows, then with the 25 repetitions that are allowed.
    assert.equal(asked, 1 + Math.ceil((10_000 - 20) / 25) + 1);
  });

  it('ends, and throws nothing but a Problem, whatever comes', async () => {
    const oid = fc.constantFrom(
      '1.3.1',
      '1.3.1.1',
      '1.3.1.2',
      '1.3.2.1',
      '1.3.10.4',
      '',
      '1.4',
      'x',
    );
    const varbind = fc.record({
      oid,
      type: fc.constantFrom(2, 4, 66, 70, 128, 130),
      value: fc.constantFrom(null, 1, 'a', new Uint8Array(2)),
    });
    const answers = fc.array(fc.array(fc.array(varbind, { maxLength: 4 }), { maxLength: 4 }), {
      minLength: 1,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(answers, async (list) => {
        let i = 0;
        const next = () => Promise.resolve(list[i++ % list.length]!);
        await read({ next }).catch((error: unknown) => {
          assert.equal((error as Error).name, 'Problem');
        });
      }),
    );
  });
});
