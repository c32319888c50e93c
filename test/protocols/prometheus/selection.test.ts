import assert from 'node:assert/strict';
import { selected as selecting } from '../../../nodes/protocols/prometheus/selection.ts';
import { unitOf } from '../../../nodes/protocols/prometheus/units.ts';
import { parseSeries } from '../../../nodes/shared/match/parse-filter.ts';
import { atOnce } from '../../../nodes/shared/steps.ts';

const selected = (...args: Parameters<typeof selecting>) => atOnce(selecting(...args));

const samples = [
  { name: 'node_disk_read_bytes_total', labels: { device: 'sda' }, value: 5, counter: true },
  { name: 'node_disk_read_bytes_total', labels: { device: 'dm-0' }, value: 6, counter: true },
  { name: 'up', labels: { job: 'x' }, value: 1, counter: false },
];

describe('selected', () => {
  it('selects by name and labels, and keeps no label that a poll sets itself', () => {
    const selection = parseSeries('metrics', ' node_disk_*{device=~"sd.*"}\n\n up ');
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
    assert.equal(selected(parseSeries('metrics', 'up\n*'), samples).length, 3);
  });

  it('selects nothing by default', () => {
    assert.deepEqual(selected(parseSeries('metrics', ''), samples), []);
  });
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
