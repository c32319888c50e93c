import assert from 'node:assert/strict';
import english from '../../locales/en-US/device-poll.json' with { type: 'json' };
import { summaryOf, summaryWords } from '../../nodes/device-poll/result-summary.ts';
import { fill } from '../../nodes/shared/problem.ts';

describe('summaryOf', () => {
  const texts = english['device-poll'].result as Record<string, string>;
  const t = (key: string, params = {}) => fill(texts[key.split('.')[2]!] ?? key, params);
  const reading = (metric: string, value: number, labels = {}, info?: Record<string, string>) => ({
    ...{ metric, value, unit: '1', time: 0, labels: { device: 'core-1', ...labels } },
    ...(info && { info }),
  });
  const up = reading('device_up', 1);
  const took = reading('poll_duration', 61.2);

  it('says in one sentence how a device is', () => {
    const ports = ['a', 'b', 'c'].flatMap((name, i) => [
      reading('in_rate', 5, { interface: name }),
      reading('interface_up', i % 2, { interface: name }),
    ]);
    assert.equal(
      summaryWords(
        summaryOf([up, took, ...ports, reading('in_rate', 1, { interface: 'd' })]),
        t,
        'en-US',
      ),
      'core-1, 4 interfaces (1 up), answered in 61.2 ms',
    );
  });

  it('counts the readings of one without interfaces, and tells its own name', () => {
    const named = reading('device_up', 1, {}, { hostname: 'sw-3' });
    const slow = reading('poll_duration', 2400);
    assert.equal(
      summaryWords(summaryOf([named, slow, reading('latency', 3)]), t, 'en-US'),
      'core-1 (sw-3), 3 readings, answered in 2.4 s',
    );
  });

  it('tells what it is, and how long it has been running', () => {
    const description = 'Cisco IOS Software, C2960X Software, Version 15.2(7)E2\r\nCopyright';
    const uptime = reading('uptime', 8_640_000, {}, { description });
    assert.equal(
      summaryWords(summaryOf([up, took, uptime]), t, 'de'),
      'core-1, Cisco IOS Software, running for 100 d, 3 readings, answered in 61,2 ms',
    );
  });
});
