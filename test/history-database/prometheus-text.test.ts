import assert from 'node:assert/strict';
import {
  formatFor,
  prometheusText,
  type TextFormat,
} from '../../nodes/history-database/prometheus-text.ts';
import type { LatestValue } from '../../nodes/shared/history/store/store.ts';
import { seriesOf } from '../protocols/prometheus/read.ts';

const value = (metric: string, changes: Partial<LatestValue> = {}): LatestValue => ({
  ...{ metric, labels: { device: 'a' }, unit: '1', time: 1000, value: 1 },
  ...changes,
});
const text = (values: LatestValue[], format: TextFormat = 'prometheus') =>
  [...prometheusText(values, format)].join('');

describe('the latest values as Prometheus scrapes them', () => {
  it('have help, type and sorted labels, a metric after the other', () => {
    const values = [
      value('in_rate', { labels: { interface: 'eth1', device: 'a' }, unit: 'bit/s', value: 1.5e6 }),
      value('cpu_usage', { unit: '%', value: 12.5 }),
      value('in_rate', { labels: { device: 'a', interface: 'eth0' }, unit: 'bit/s', value: -0.25 }),
    ];
    assert.equal(
      text(values),
      '# HELP cpu_usage CPU, in %\n' +
        '# TYPE cpu_usage gauge\n' +
        'cpu_usage{device="a"} 12.5\n' +
        '# HELP in_rate incoming traffic, in bit/s\n' +
        '# TYPE in_rate gauge\n' +
        'in_rate{device="a",interface="eth0"} -0.25\n' +
        'in_rate{device="a",interface="eth1"} 1500000\n',
    );
  });

  it('end with # EOF in OpenMetrics, also where there is nothing', () => {
    assert.equal(text([], 'openmetrics'), '# EOF\n');
    assert.equal(text([]), '');
    assert.match(text([value('m')], 'openmetrics'), /m\{device="a"\} 1\n# EOF\n$/);
  });

  it('have names and labels that Prometheus takes, each series once, the newest', () => {
    const values = [
      value('plant/hall-1.temp', { time: 5, value: 5 }),
      value('plant_hall_1_temp', { time: 9, value: 9 }),
      value('plant.hall-1/temp', { time: 7, value: 7 }),
      value('odd', { labels: { __name__: 'x' } }),
    ];
    const told = text(values);
    assert.match(told, /^plant_hall_1_temp\{device="a"\} 9$/m);
    assert.equal(told.match(/plant_hall_1_temp\{/g)!.length, 1);
    assert.match(told, /^odd\{_name__="x"\} 1$/m);
  });

  it('are read back as they were, whatever a label holds', () => {
    const device = 'say "hi"\\\n{über} 🚀 \\n,}';
    for (const format of ['prometheus', 'openmetrics'] as const) {
      const series = seriesOf(text([value('m', { labels: { device }, value: 1e-7 })], format));
      const [sample] = series.all('m');
      assert.deepEqual([sample!.labels.device, sample!.value], [device, 1e-7]);
    }
  });

  it('come in the format that the client takes', () => {
    const prometheus =
      'application/openmetrics-text;version=1.0.0;q=0.8,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';
    assert.equal(formatFor(prometheus), 'openmetrics');
    assert.equal(formatFor('text/html, */*'), 'prometheus');
    assert.equal(formatFor(undefined), 'prometheus');
  });
});
