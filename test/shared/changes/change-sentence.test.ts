import assert from 'node:assert/strict';
import type { Change } from '../../../nodes/contract/changes.ts';
import { changeSentence, factorOf } from '../../../nodes/shared/changes/change-sentence.ts';
import { changeWords } from '../../../nodes/shared/changes/translated-changes.ts';
import { catalogue } from '../../support/catalogue.ts';

describe('the sentence about a change', () => {
  const change: Change = {
    ...{ kind: 'moved', metric: 'in_rate', unit: 'bit/s', time: 0, also: [] },
    labels: { device: 'sw1', interface: 'Gi1/0/24' },
    ...{ before: 12e6, after: 48e6, lag: -120 },
  };
  const say = (more: Partial<Change> = {}, language: 'en-US' | 'de' = 'en-US') =>
    changeSentence({ ...change, ...more }, changeWords(catalogue(language), language));

  it('tells how much it rose, and when', () => {
    assert.equal(
      say(),
      'Incoming traffic of sw1 Gi1/0/24 rose 4 times (12 Mbit/s → 48 Mbit/s), 2 min before',
    );
    assert.equal(
      say({ before: 48e6, after: 12e6, lag: 45 }),
      'Incoming traffic of sw1 Gi1/0/24 fell from 48 Mbit/s to 12 Mbit/s, 45 s after',
    );
    assert.equal(
      say({ before: 0, lag: 0 }),
      'Incoming traffic of sw1 Gi1/0/24 rose from 0 bit/s to 48 Mbit/s, at the same time',
    );
  });

  it('gives shares in percent, and temperatures without a factor', () => {
    const labels = { device: 'sw1' };
    assert.equal(
      say({ metric: 'error_rate', unit: '1', before: 0.01, after: 0.012, labels, lag: -60 }),
      'Errors per packet of sw1 rose from 1 % to 1.2 %, 1 min before',
    );
    const warm = { metric: 'temperature', unit: '°C', before: 20, after: 80, labels };
    assert.equal(say(warm), 'Temperature of sw1 rose from 20 °C to 80 °C, 2 min before');
  });

  it('says of a state that it went', () => {
    const state = { metric: 'interface_up', unit: '1', before: 1, after: 0 };
    assert.equal(say(state), 'sw1 Gi1/0/24 went down, 2 min before');
    assert.equal(say({ ...state, before: 0, after: 1 }), 'sw1 Gi1/0/24 came up, 2 min before');
  });

  it('says of what began, ended and moves along that it does', () => {
    const { kind, metric, unit, time, also, labels } = change;
    const rest = { kind, metric, unit, time, also, labels };
    const words = changeWords(catalogue('en-US'));
    const short = (more: Partial<Change>) => changeSentence({ ...rest, ...more }, words);
    assert.equal(short({ kind: 'began' }), 'Incoming traffic of sw1 Gi1/0/24 began');
    assert.equal(
      short({ kind: 'ended', labels: { device: 'sw1' }, count: 48 }),
      'sw1 fell silent (48 series)',
    );
    assert.equal(short({ correlation: -0.9 }), 'Incoming traffic of sw1 Gi1/0/24 moves against it');
    assert.equal(
      short({ correlation: 0.9, metric: 'own_metric', labels: {} }),
      'Own metric moves with it',
    );
  });

  it('is one line whatever a device is called, and German where that is asked for', () => {
    const labels = { device: 'a\nb\u0000<b>__time__</b>' };
    assert.match(say({ labels }), /^Incoming traffic of a b <b>/);
    assert.equal(
      say({}, 'de'),
      'Eingehender Verkehr von sw1 Gi1/0/24 stieg auf das 4-Fache (12 Mbit/s → 48 Mbit/s), 2 min vorher',
    );
  });
});

describe('the factor of a change', () => {
  it('is known of levels above 0', () => {
    assert.equal(factorOf({ before: 12, after: 48 }), 4);
    assert.equal(factorOf({ before: 12, after: 0 }), 0);
    for (const levels of [{ before: 0, after: 4 }, { before: -1, after: 4 }, {}]) {
      assert.equal(factorOf(levels), undefined);
    }
    assert.equal(factorOf({ before: 1e-300, after: 1e300 }), undefined);
  });
});
