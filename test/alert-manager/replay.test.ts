import assert from 'node:assert/strict';
import { checkConfiguration } from '../../nodes/alert-manager/configuration.ts';
import { replay, toReplayed } from '../../nodes/alert-manager/replay.ts';
import type { PastAlert } from '../../nodes/contract/alert.ts';

const minute = 60_000;
const from = Date.UTC(2026, 0, 1);
const texts = { all: 'all', flapping: (summary: string) => summary };

function change(at: number, device: string, state: 'firing' | 'resolved'): PastAlert {
  return {
    ...{ name: 'Down', state, severity: 'critical', metric: 'device_up', labels: { device } },
    ...{ unit: '1', value: 0, threshold: 1, summary: `${device} is down`, fingerprint: device },
    ...{ startsAt: from, ...(state === 'resolved' && { endsAt: from + at * minute }) },
    at: from + at * minute,
  };
}

describe('the replay of alerts', () => {
  const told = (alerts: PastAlert[], minutes: number, configuration = {}) => {
    const input = { groupBy: 'alertname', groupWait: 30, groupInterval: 300, ...configuration };
    const options = { configuration: checkConfiguration('', input), texts };
    const work = replay({ from, to: from + minutes * minute, alerts }, options);
    let step = work.next();
    while (!step.done) step = work.next();
    return step.value.map(({ at, reason, firing, resolved }) => {
      return `${(at - from) / minute} ${reason} ${firing} ${resolved}`;
    });
  };

  it('tells what would have gone out, and when', () => {
    const alerts = [
      change(1, 'a', 'firing'),
      change(1, 'b', 'firing'),
      change(20, 'a', 'resolved'),
    ];
    assert.deepEqual(told(alerts, 60), ['1.5 first 2 0', '21.5 changed 1 1']);
  });

  it('repeats until the end of the period', () => {
    const repeated = told([change(0, 'a', 'firing')], 130, { repeatInterval: 3600 });
    assert.deepEqual(repeated, ['0.5 first 1 0', '60.5 repeat 1 0', '120.5 repeat 1 0']);
  });

  it('takes what threshold check answers, and nothing else', () => {
    const good = { from, to: from + 1, readings: 3, alerts: [change(0, 'a', 'firing')] };
    assert.equal(toReplayed('payload', good).alerts.length, 1);
    assert.throws(() => toReplayed('payload', '7d'), { field: 'payload' });
    const without = { ...change(0, 'a', 'firing'), at: undefined };
    assert.throws(() => toReplayed('payload', { ...good, alerts: [without] }), {
      field: 'payload.alerts[0].at',
    });
  });
});
