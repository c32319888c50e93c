import assert from 'node:assert/strict';
import catalogue from '../../locales/en-US/threshold-check.json' with { type: 'json' };
import { metricName } from '../../nodes/shared/metric-name.ts';
import type { Cause } from '../../nodes/threshold-check/cause.ts';
import { checkRule, type RuleInput } from '../../nodes/threshold-check/rule.ts';
import { summaryOf } from '../../nodes/threshold-check/summary.ts';
import { catalogue as catalogueOf } from '../support/catalogue.ts';

const translate = catalogueOf('en-US');

describe('summaryOf', () => {
  const texts = {
    ...catalogue['threshold-check'].summary,
    metricName: (metric: string) => metricName(metric, translate),
  };
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
    assert.equal(summary(), 'CPU on core-1 3 is 93 % (limit 80 %)');
    assert.equal(summary({}, { labels: {} }), 'CPU is 93 % (limit 80 %)');
    assert.equal(
      summary({ summary: 'own' }, {}, 'silence'),
      'no reading of CPU on core-1 3 for 5 min',
    );
    assert.equal(summary({}, {}, 'gone'), 'CPU on core-1 3 is no longer reported');
    assert.equal(summary({}, {}, 'rule'), 'cpu_usage > 80 on core-1 3 is no longer checked');
  });

  it('says of a device and of an interface whether it is down, and why', () => {
    const rule = { metric: 'device_up', comparison: '<', threshold: 1 } as const;
    const down = { ...rule, labels: { device: 'core-1' }, unit: '1', value: 0 };
    assert.equal(summary(rule, { ...down, info: undefined }), 'core-1 is down');
    assert.equal(
      summary(rule, { ...down, info: { error: 'no answer within 5 s' } }),
      'core-1 is down: no answer within 5 s',
    );
    assert.equal(summary(rule, { ...down, value: 1 }), 'core-1 is up');
    assert.equal(summary({ ...rule, summary: '{{metric}} {{value}}' }, down), 'device_up 0');
  });

  it('has the name that a device gives itself where it goes by its address', () => {
    const info = { hostname: 'sw-1.example.net' };
    const at = (device: string) => summary({}, { labels: { device }, info });
    assert.equal(at('10.0.0.1:161'), 'CPU on sw-1.example.net is 93 % (limit 80 %)');
    assert.equal(at('[fd00::1]'), 'CPU on sw-1.example.net is 93 % (limit 80 %)');
    assert.equal(at('core'), 'CPU on core is 93 % (limit 80 %)');
  });

  it('has shares in %', () => {
    const rule = { metric: 'error_rate', comparison: '>', threshold: 0.01 } as const;
    const errors = { metric: 'error_rate', unit: '1', value: 0.0213, labels: { device: 'sw' } };
    assert.match(summary(rule, errors), / on sw is 2.13 % \(limit 1 %\)$/);
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
