import assert from 'node:assert/strict';
import { FlowWatch } from '../../nodes/flow-collector/flow-watch.ts';
import { statusWords } from '../../nodes/flow-collector/runtime-status.ts';
import type { ExporterStatus } from '../../nodes/shared/flows/collector.ts';
import { newTally } from '../../nodes/shared/flows/exporter.ts';

const second = 1000;

describe('The watch of exporters', () => {
  function make() {
    const watch = new FlowWatch();
    const take = (now: number, exporters: Partial<ExporterStatus>[], unknown: string[] = []) =>
      watch
        .take(
          {
            exporters: exporters.map((one) => ({
              ...{ ...newTally(), address: 'a', formats: ['IPFIX'], lost: 0, waiting: 0 },
              ...{ factor: 1, seen: now, octets: 0, packets: 0, ...one },
            })),
            unknown: unknown.map((address) => ({ address, datagrams: 1, seen: now })),
            more: 0,
          },
          now,
        )
        .map(({ event, address, isOver }) => `${isOver ? '-' : '+'}${event} ${address}`);
    return { watch, take };
  }

  it('tells flows a second', () => {
    const { watch, take } = make();
    take(0, [{ flows: 0 }]);
    take(5 * second, [{ flows: 5000 }]);
    assert.deepEqual([watch.rate, watch.count], [1000, 1]);
    take(15 * second, [{ flows: 5000 }]);
    assert.equal(watch.rate, 0);
  });

  it('tells what begins and what ends, once', () => {
    const { take } = make();
    assert.deepEqual(take(0, [{}], ['b']), ['+unknown b']);
    assert.deepEqual(take(second, [{}, { address: 'b' }]), ['-unknown b']);
    const lossy = { lost: 3, flows: 9 };
    assert.deepEqual(take(2 * second, [lossy]), ['+lost a']);
    assert.deepEqual(take(3 * second, [lossy]), []);
    assert.deepEqual(take(40 * second, [lossy]), []);
    assert.deepEqual(take(100 * second, [lossy]), ['-lost a']);
  });

  it('knows what each sign is', () => {
    const signs = (one: Partial<ExporterStatus>, now = second) => {
      const { take } = make();
      take(0, [{ seen: 0 }]);
      return take(now, [one]);
    };
    assert.deepEqual(signs({ seen: 0 }, 601 * second), ['+silent a']);
    assert.deepEqual(signs({ waiting: 1 }), ['+template a']);
    assert.deepEqual(signs({ withoutTemplate: 1 }), ['+template a']);
    assert.deepEqual(signs({ malformed: 1 }), ['+malformed a']);
    assert.deepEqual(signs({ flows: 10, otherDirection: 10 }), ['+direction a']);
    assert.deepEqual(signs({ flows: 10, otherDirection: 5 }), []);
    assert.deepEqual(signs({ flows: 100, late: 10 }), ['+late a']);
    assert.deepEqual(signs({ flows: 10_000, late: 10 }), []);
  });

  it('says it in the status, with names', () => {
    const { watch, take } = make();
    const words = () =>
      statusWords(
        watch,
        [2055],
        (address) => `<${address}>`,
        (key, params) =>
          `${key.split('.').slice(1).join('.')}${Object.values(params ?? {}).join(' ')}`,
      );
    assert.deepEqual(words(), ['idle', 'status.listening2055']);
    take(0, [{}], ['b', 'c', 'd', 'e']);
    assert.deepEqual(words(), ['warning', 'status.one1 0; event.unknown<b>, <c>, <d>, …']);
    take(second, [{ flows: 1234 }, { address: 'b' }]);
    assert.deepEqual(words(), ['ok', 'status.exporters2 1,234']);
  });
});
