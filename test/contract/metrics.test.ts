import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMetricName, isPlausible, metrics, toMetricName } from '../../nodes/contract/metrics.ts';
import { root } from '../support/red.ts';

describe('the metrics', () => {
  it('are all explained in docs/messages.md, each with its unit, and no others', () => {
    const page = readFileSync(join(root, 'docs/messages.md'), 'utf8');
    const [, table] = /^## Metrics\n([^]*?)^## /m.exec(page)!;
    const explained = [...table!.matchAll(/^\| ([`\w, ]+?) +\| (\S+) +\|/gm)].flatMap(
      ([, names, unit]) => [...names!.matchAll(/`(\w+)`/g)].map(([, name]) => [name!, unit!]),
    );
    assert.deepEqual(explained.toSorted(), Object.entries(metrics).toSorted());
  });
});

describe('isPlausible', () => {
  for (const [metric, value, expected] of [
    ['cpu_usage', 101, true],
    ['cpu_usage', 101.1, false],
    ['process_cpu_usage', 400, true],
    ['clock_offset', -3, true],
    ['certificate_days_left', -3, true],
    ['uptime', -1, false],
    ['temperature', -273.15, true],
    ['temperature', -273.2, false],
    ['own', -1e9, true],
  ] as const) {
    it(`is ${expected} of ${metric} ${value}`, () => {
      assert.equal(isPlausible(metric, value), expected);
    });
  }
});

describe('isMetricName', () => {
  for (const name of [
    'cpu_usage',
    'upsBatteryTemperature',
    'node:cpu:rate',
    'home/boiler/temperature',
    'http.requests-total',
    ':up',
    '_x',
    'a'.repeat(200),
  ]) {
    it(`takes ${name.slice(0, 30)}`, () => assert.equal(isMetricName(name), true));
  }

  for (const name of [
    '',
    '1st',
    'cpu usage',
    '-x',
    'größe',
    '__proto__',
    'a'.repeat(201),
    'a\n',
    7,
  ]) {
    it(`refuses ${JSON.stringify(name).slice(0, 30)}`, () =>
      assert.equal(isMetricName(name), false));
  }
});

describe('toMetricName', () => {
  for (const [text, name] of [
    ['cpu_usage', 'cpu_usage'],
    [' home/boiler/temperature ', 'home/boiler/temperature'],
    ['Küche Temp', 'K_che_Temp'],
    ['1/2', '_1/2'],
    ['__proto__', '___proto__'],
    ['😀', '_'],
    ['x'.repeat(300), 'x'.repeat(200)],
    ['1'.repeat(300), `_${'1'.repeat(199)}`],
  ] as const) {
    it(`makes ${name.slice(0, 30)} of ${text.slice(0, 30)}`, () => {
      assert.equal(toMetricName(text), name);
      assert.equal(isMetricName(name), true);
    });
  }
});
