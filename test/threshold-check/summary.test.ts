import assert from 'node:assert/strict';
import catalogue from '../../locales/en-US/threshold-check.json' with { type: 'json' };
import { checkRule, type RuleInput } from '../../nodes/threshold-check/rule.ts';
import type { Cause } from '../../nodes/threshold-check/cause.ts';
import { summaryOf } from '../../nodes/threshold-check/summary.ts';

describe('summaryOf', () => {
  const texts = catalogue['threshold-check'].summary;
  const series = {
    metric: 'cpu_usage',
    labels: { core: '3', device: 'core-1' },
    unit: '%',
    info: { vendor: '<b>ACME</b>\r\nBcc: x' },
    time: 0,
    value: 93.04,
  };
  const summary = (more: Partial<RuleInput> = {}, change = {}, cause: Cause = 'reading') =>
    summaryOf(
      checkRule('rule', { metric: 'cpu_usage', comparison: '>', threshold: 80, ...more }),
      { ...series, ...change },
      cause,
      texts,
    );

  it('has a sentence for each cause', () => {
    assert.equal(summary(), 'cpu_usage on core-1 3 is 93 % (limit 80 %)');
    assert.equal(summary({}, { labels: {} }), 'cpu_usage is 93 % (limit 80 %)');
    assert.equal(
      summary({ summary: 'own' }, {}, 'silence'),
      'no reading of cpu_usage on core-1 3 for 5 min',
    );
    assert.equal(summary({}, {}, 'gone'), 'cpu_usage on core-1 3 is no longer reported');
    assert.equal(summary({}, {}, 'rule'), 'cpu_usage > 80 on core-1 3 is no longer checked');
  });

  it('has the alias of an interface beside its name', () => {
    const change = {
      labels: { device: 'sw-1', interface: 'Gi1/0/24' },
      info: { alias: 'AP lobby' },
    };
    assert.equal(
      summary({ summary: '{{series}} is down' }, change),
      'sw-1 Gi1/0/24 (AP lobby) is down',
    );
    const same = { ...change, info: { alias: 'Gi1/0/24' } };
    assert.equal(summary({ summary: '{{series}} is down' }, same), 'sw-1 Gi1/0/24 is down');
  });

  it('scales value and threshold', () => {
    const change = { unit: 'bit/s', value: 950_000_000 };
    assert.equal(
      summary({ threshold: 8e8, summary: '{{value}}, {{threshold}}' }, change),
      '950 Mbit/s, 800 Mbit/s',
    );
  });

  it('fills in a template of the user on one line', () => {
    assert.equal(
      summary({
        name: 'Hot',
        severity: 'critical',
        summary:
          '{{severity}} {{name}}: {{labels.core}} {{comparison}} {{info.vendor}} {{info.x}}!',
      }),
      'critical Hot: 3 > <b>ACME</b> Bcc: x !',
    );
    assert.equal(summary({ summary: '{{name}}'.repeat(100) }).length, 500);
  });
});
