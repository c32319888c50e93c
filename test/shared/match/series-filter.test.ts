import assert from 'node:assert/strict';
import { parseSeries } from '../../../nodes/shared/match/parse-filter.ts';

describe('parseSeries', () => {
  it('tells which series of a name are worth reading', () => {
    const filter = parseSeries('metrics', 'node_disk_*\nup{a="b"}');
    assert.deepEqual(
      ['up', 'node_disk_', 'node_load1'].map((name) => filter.of(name)?.({})),
      [false, true, undefined],
    );
  });

  for (const [text, message] of [
    ['node disk', /^metrics: expected a metric name, with \* for any characters, .+"node disk"$/],
    ['a\n{x="y"}', /^metrics: expected a metric name, .+ but got "\{x=\\"y\\"\}"$/],
    ['!', /^metrics: expected a metric name, .+ but got "!"$/],
    ['!!a', /^metrics: expected a metric name, /],
    ['a{x}', /^metrics: expected label matchers such as /],
    ['a{x=~"("}', /^metrics: expected a regular expression without /],
    ['a'.repeat(5001), /^metrics: expected at most 5000 characters, /],
    [7, /^metrics: expected a metric name, /],
  ] as const) {
    it(`refuses ${String(text).slice(0, 20)}`, () => {
      assert.throws(() => parseSeries('metrics', text), { message });
    });
  }

  it('leaves out what a selector with a ! selects', () => {
    const filter = parseSeries('metrics', 'node_*\n!node_disk_*{device="sr0"}\n! node_boot*');
    assert.deepEqual(filter.of('node_load1')?.({}), true);
    assert.equal(filter.of('node_boot_time'), undefined);
    const ofDisk = filter.of('node_disk_reads')!;
    assert.deepEqual([ofDisk({ device: 'sda' }), ofDisk({ device: 'sr0' })], [true, false]);
    assert.equal(filter.of('up'), undefined);
  });

  it('takes all others where selectors only leave out', () => {
    const filter = parseSeries('metrics', '!go_*\n!up{job="x"}');
    assert.equal(filter.of('go_threads'), undefined);
    assert.equal(filter.of('node_load1')?.({}), true);
    assert.deepEqual([filter.of('up')?.({ job: 'x' }), filter.of('up')?.({})], [false, true]);
  });
});
