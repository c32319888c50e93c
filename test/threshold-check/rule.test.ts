import assert from 'node:assert/strict';
import { checkRule, checkRules, compare } from '../../nodes/threshold-check/rule.ts';

const cpu = { metric: 'cpu_usage', comparison: '>', threshold: 80 };

describe('checkRule', () => {
  it('fills in what is left out', () => {
    // As JSON: its filter is a text there.
    assert.deepEqual(JSON.parse(JSON.stringify(checkRule('rules[0]', cpu))), {
      name: 'cpu_usage > 80',
      metric: 'cpu_usage',
      filter: '',
      comparison: '>',
      threshold: 80,
      for: 0,
      clearAfter: 0,
      severity: 'warning',
      onlyAfterOk: false,
      noData: 'keep',
      noDataAfter: 300,
      summary: '',
    });
  });

  it('makes the name of what tells rules apart', () => {
    const filtered = checkRule('r', { ...cpu, filter: ' device=a ', comparison: '<=' });
    assert.equal(filtered.name, 'cpu_usage{device=a} <= 80');
    assert.equal(filtered.filter.text, 'device=a');
    assert.equal(checkRule('r', { ...cpu, name: ' CPU high ' }).name, 'CPU high');
  });

  it('names the series that its limits are multiples of', () => {
    const { name } = checkRule('r', { ...cpu, threshold: 0.8, relativeTo: ' interface_speed ' });
    assert.equal(name, 'cpu_usage > 0.8 * interface_speed');
  });

  it('takes numbers as an input gives them', () => {
    const rule = checkRule('r', { ...cpu, threshold: ' 80.5 ', clearThreshold: '70', for: '60' });
    assert.deepEqual([rule.threshold, rule.clearThreshold, rule.for], [80.5, 70, 60]);
  });

  const bad: [change: object, message: string][] = [
    [{ threshold: 'high' }, 'r.threshold: expected a number, but got "high"'],
    [{ threshold: NaN }, 'r.threshold: expected a number, but got NaN'],
    [{ threshold: undefined }, 'r.threshold: expected a number, but got nothing'],
    [
      { metric: 'CPU usage' },
      'r.metric: expected a metric name of letters, digits and _ : . / - such as cpu_usage, but got "CPU usage"',
    ],
    [
      { metric: '__proto__' },
      'r.metric: expected a metric name of letters, digits and _ : . / - such as cpu_usage, but got "__proto__"',
    ],
    [{ comparison: '=>' }, 'r.comparison: expected one of >, >=, <, <=, ==, !=, but got "=>"'],
    [{ severity: 'bad' }, 'r.severity: expected one of info, warning, critical, but got "bad"'],
    [{ noData: 'no' }, 'r.noData: expected one of keep, fire, resolve, but got "no"'],
    [{ noDataAfter: 0 }, 'r.noDataAfter: expected a number from 1 to 86400, but got 0'],
    [{ for: -1 }, 'r.for: expected a number from 0 to 604800, but got -1'],
    [{ clearAfter: '1 m' }, 'r.clearAfter: expected a number, but got "1 m"'],
    [{ clearThreshold: 81 }, 'r.clearThreshold: expected at most the threshold, 80, but got 81'],
    [
      { comparison: '<', clearThreshold: 79 },
      'r.clearThreshold: expected at least the threshold, 80, but got 79',
    ],
    [
      { criticalThreshold: 79 },
      'r.criticalThreshold: expected at least the threshold, 80, but got 79',
    ],
    [
      { comparison: '<=', criticalThreshold: 81 },
      'r.criticalThreshold: expected at most the threshold, 80, but got 81',
    ],
    [
      { comparison: '!=', criticalThreshold: 90 },
      'r.criticalThreshold: expected nothing, as there is only one threshold for !=, but got 90',
    ],
    [
      { severity: 'critical', criticalThreshold: 90 },
      'r.criticalThreshold: expected nothing, as the alert is critical anyway, but got 90',
    ],
    [
      { relativeTo: 'interface speed' },
      'r.relativeTo: expected a metric name of letters, digits and _ : . / - such as cpu_usage, but got "interface speed"',
    ],
    [
      { relativeTo: 'temperature{sensor=~"out.*"}' },
      'r.relativeTo: expected labels with one value each, such as {sensor="outside"}, but got "{sensor=~\\"out.*\\"}"',
    ],
    [
      { comparison: '==', clearThreshold: 80 },
      'r.clearThreshold: expected nothing, as there is only one threshold for ==, but got 80',
    ],
    [
      { name: 'a\nb' },
      'r.name: expected a text without line breaks or control characters, but got "a\\nb"',
    ],
    [
      { filter: 'device' },
      'r.filter: expected label matchers such as device="core-1", interface=~"eth.*", but got "device"',
    ],
    [
      { summary: '{{metric' },
      'r.summary: expected every tag to be ended before character 9, but got "{{metric"',
    ],
    [
      { limit: 3 },
      'r.limit: expected only the fields name, metric, filter, comparison, threshold, clearThreshold, criticalThreshold, relativeTo, for, clearAfter, severity, onlyAfterOk, noData, noDataAfter, summary, but got 3',
    ],
  ];
  for (const [change, message] of bad) {
    it(`refuses ${JSON.stringify(change)}`, () => {
      assert.throws(() => checkRule('r', { ...cpu, ...change }), { message });
    });
  }
});

describe('checkRules', () => {
  it('names the rule that is wrong', () => {
    assert.throws(() => checkRules('rules', [cpu, { ...cpu, threshold: 'x' }]), {
      message: 'rules[1].threshold: expected a number, but got "x"',
    });
    assert.throws(() => checkRules('rules', 'x'), {
      message: 'rules: expected a list, but got "x"',
    });
  });

  it('refuses two rules of one name', () => {
    assert.throws(() => checkRules('rules', [cpu, cpu]), {
      message: 'rules[1].name: expected a name that no other row has, but got "cpu_usage > 80"',
    });
  });
});

describe('compare', () => {
  it('has each comparison on the alarming side of its limit', () => {
    const around = (c: Parameters<typeof compare>[0]) => [1, 2, 3].map((v) => compare(c, v, 2));
    assert.deepEqual(around('>'), [false, false, true]);
    assert.deepEqual(around('>='), [false, true, true]);
    assert.deepEqual(around('<'), [true, false, false]);
    assert.deepEqual(around('<='), [true, true, false]);
    assert.deepEqual(around('=='), [false, true, false]);
    assert.deepEqual(around('!='), [true, false, true]);
  });
});
