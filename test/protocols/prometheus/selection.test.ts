import assert from 'node:assert/strict';
import { atOnce } from '../../../nodes/shared/steps.ts';
import {
  selectedOf,
  parseSelection,
  selected as selecting,
} from '../../../nodes/protocols/prometheus/selection.ts';
import { unitOf } from '../../../nodes/protocols/prometheus/units.ts';

const selected = (...args: Parameters<typeof selecting>) => atOnce(selecting(...args));

const samples = [
  { name: 'node_disk_read_bytes_total', labels: { device: 'sda' }, value: 5, counter: true },
  { name: 'node_disk_read_bytes_total', labels: { device: 'dm-0' }, value: 6, counter: true },
  { name: 'up', labels: { job: 'x' }, value: 1, counter: false },
];

describe('parseSelection', () => {
  it('selects by name and labels, and keeps no label that a poll sets itself', () => {
    const selection = parseSelection('metrics', ' node_disk_*{device=~"sd.*"}\n\n up ');
    assert.deepEqual(selected(selection, samples), [
      {
        metric: 'node_disk_read_bytes_total',
        value: 5,
        unit: 'B/s',
        counter: true,
        labels: { exported_device: 'sda' },
      },
      { metric: 'up', value: 1, unit: '1', counter: false, labels: { job: 'x' } },
    ]);
  });

  it('gives a series once, however many selectors fit it', () => {
    assert.equal(selected(parseSelection('metrics', 'up\n*'), samples).length, 3);
  });

  it('selects nothing by default', () => {
    assert.deepEqual(selected(parseSelection('metrics', ''), samples), []);
  });

  it('tells which series of a name are worth reading', () => {
    const selection = parseSelection('metrics', 'node_disk_*\nup{a="b"}');
    assert.deepEqual(
      ['up', 'node_disk_', 'node_load1'].map((name) => selectedOf(selection, name)?.({})),
      [false, true, undefined],
    );
  });

  for (const [text, message] of [
    ['node disk', /^metrics: expected a metric name, with \* for any characters, .+"node disk"$/],
    ['a\n{x="y"}', /^metrics: expected a metric name, .+ but got "\{x=\\"y\\"\}"$/],
    ['a{x}', /^metrics: expected label matchers such as /],
    ['a{x=~"("}', /^metrics: expected a regular expression without /],
    ['a'.repeat(5001), /^metrics: expected at most 5000 characters, /],
    [7, /^metrics: expected a metric name, /],
  ] as const) {
    it(`refuses ${String(text).slice(0, 20)}`, () => {
      assert.throws(() => parseSelection('metrics', text), { message });
    });
  }
});

describe('unitOf', () => {
  for (const [name, counter, unit] of [
    ['node_memory_MemFree_bytes', false, 'B'],
    ['node_disk_read_bytes_total', true, 'B/s'],
    ['node_disk_io_time_seconds_total', true, '1'],
    ['process_start_time_seconds', false, 's'],
    ['http_request_duration_seconds_sum', true, '1'],
    ['node_hwmon_temp_celsius', false, '°C'],
    ['http_requests_total', true, '1/s'],
    ['battery_percent', false, '%'],
    ['up', false, '1'],
    ['a_constructor', false, '1'],
  ] as const) {
    it(`of ${name} is ${unit}`, () => assert.equal(unitOf(name, counter), unit));
  }
});
