import assert from 'node:assert/strict';
import { toAlert } from '../../../nodes/shared/messages/read-alert.ts';

describe('the suspects of an alert', () => {
  const alert = {
    ...{ name: 'Slow', state: 'firing', severity: 'warning', metric: 'latency' },
    ...{ labels: { device: 'web' }, unit: 'ms', value: 300, threshold: 100, summary: 'slow' },
    ...{ startsAt: 1, fingerprint: 'f' },
  };
  const good = {
    ...{ kind: 'moved', metric: 'in_rate', labels: { device: 'a' }, unit: 'bit/s' },
    ...{ sentence: 'it rose', before: 1, after: 4, factor: 4, lag: -120 },
  };

  it('go with it, the first three', () => {
    const four = [1, 2, 3, 4].map((lag) => ({ ...good, lag }));
    assert.deepEqual(toAlert('payload', { ...alert, suspects: four }).suspects, four.slice(0, 3));
  });

  it('do not keep it from being told where they are bad', () => {
    for (const suspects of ['x', 5, null, {}, [], [null, 5, {}, { ...good, kind: 'x' }]]) {
      assert.deepEqual(toAlert('payload', { ...alert, suspects }), alert);
    }
  });

  it('lose what does not belong there', () => {
    const odd = {
      ...{ ...good, lag: 'soon', after: Infinity, more: 1 },
      labels: { device: 'a', number: 5, long: 'x'.repeat(2000) },
    };
    const [found] = toAlert('payload', { ...alert, suspects: [odd] }).suspects!;
    assert.deepEqual({ ...found, after: 4, lag: -120 }, good);
    assert.deepEqual([found!.after, found!.lag], [undefined, undefined]);
  });
});
