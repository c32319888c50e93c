import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readReadings } from '../../nodes/shared/messages/read-readings.ts';
import { checkRules } from '../../nodes/threshold-check/rule.ts';
import { ThresholdCheck } from '../../nodes/threshold-check/threshold-check.ts';
import { root } from '../support/red.ts';

interface FlowNode {
  type: string;
  name: string;
  payload: string;
  rules: unknown;
}

const file = join(root, 'examples', '6 Traffic', 'Traffic rules.json');
const nodes = JSON.parse(readFileSync(file, 'utf8')) as FlowNode[];
const texts = {
  ...{ reading: '', silence: '', gone: '', rule: '', up: '', down: '' },
  metricName: String,
};

describe('The rules of the example on traffic', () => {
  let check: ThresholdCheck;
  let now: number;

  beforeEach(() => {
    now = 1_795_874_700_000;
    check = new ThresholdCheck({ texts, sendPending: false, now });
    const { rules } = nodes.find(({ type }) => type === 'netmon-threshold-check')!;
    check.setRules(checkRules('rules', rules), now);
  });

  const press = (name: string) => {
    const { payload } = nodes.find((node) => node.type === 'inject' && node.name === name)!;
    const { readings, problems } = readReadings(JSON.parse(payload), '', now);
    assert.deepEqual(problems, []);
    now += 1000;
    return check.observe(readings, now).alerts.map((one) => `${one.state}: ${one.summary}`);
  };

  for (const [button, summary] of [
    ['a talker at 80 Mbit/s', '10.0.0.7 uses 80 Mbit/s of wan on gateway, more than 50 Mbit/s'],
    ['somebody uses telnet', 'telnet goes through wan on gateway: 9 kbit/s'],
    ['traffic with a country', 'Traffic with KP on gateway: 40 kbit/s'],
    ['a host scans', '10.0.0.66 talks to about 1840 others, as one does that scans'],
  ] as const) {
    it(`fire where ${button}, and about nothing else`, () => {
      assert.deepEqual(press(button), [`firing: ${summary}`]);
      assert.deepEqual(press(button), []);
      assert.equal(check.active().length, 1);
      assert.equal(press('quiet again').length, 1);
      assert.deepEqual(check.active(), []);
    });

    it(`end where ${button} is no longer told`, () => {
      press(button);
      while (check.active().length > 0 && check.wakeAt < now + 3_600_000) {
        check.elapse(check.wakeAt);
      }
      assert.deepEqual(check.active(), []);
    });
  }
});
