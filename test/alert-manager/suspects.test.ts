import assert from 'node:assert/strict';
import { AlertManager } from '../../nodes/alert-manager/alert-manager.ts';
import { checkConfiguration } from '../../nodes/alert-manager/configuration.ts';
import type { Alert } from '../../nodes/contract/alert.ts';
import { AlertBook } from '../../nodes/dashboard-data/alert-book.ts';

const suspects: Alert['suspects'] = [
  { kind: 'moved', metric: 'in_rate', labels: { device: 'a' }, unit: 'bit/s', sentence: 'it rose' },
];
const alert: Alert = {
  ...{ name: 'Slow', state: 'firing', severity: 'warning', metric: 'latency', unit: 'ms' },
  ...{ labels: { device: 'web' }, value: 40, threshold: 20, summary: 'slow', startsAt: 5 },
  fingerprint: 'f',
};
const begin = { now: 1000, date: Date.UTC(2026, 10, 25, 8) };

/** What takes changes of alerts and lists of all, and tells what it knows. */
const places: [
  string,
  () => { take: (one: Alert, isList: boolean) => void; all: () => Alert[] },
][] = [
  [
    'an alert manager',
    () => {
      const texts = { all: 'all', flapping: (summary: string) => summary };
      const configuration = checkConfiguration('', {});
      const manager = new AlertManager({ configuration, texts, now: begin });
      return {
        take: (one, isList) =>
          isList ? manager.takeList([one], 's', begin) : manager.take([one], begin),
        all: () => manager.list(begin),
      };
    },
  ],
  [
    'a dashboard',
    () => {
      const book = new AlertBook();
      return {
        take: (one, isList) => (isList ? book.takeList([one], begin.date) : book.take(one)),
        all: () => book.active,
      };
    },
  ],
];

for (const [name, make] of places) {
  describe(`the suspects that ${name} was told of`, () => {
    it('stay with the alert, whatever lists come without them', () => {
      const { take, all } = make();
      take({ ...alert, suspects }, false);
      take(alert, true);
      take({ ...alert, value: 50 }, false);
      assert.deepEqual([all()[0]!.suspects, all()[0]!.value], [suspects, 50]);
    });

    it('are taken in after the alert was known without', () => {
      const { take, all } = make();
      take(alert, true);
      take({ ...alert, suspects }, false);
      assert.deepEqual(all()[0]!.suspects, suspects);
    });

    it('are not those of the next time', () => {
      const { take, all } = make();
      take({ ...alert, suspects }, false);
      take({ ...alert, startsAt: 9 }, false);
      assert.equal(all()[0]!.suspects, undefined);
    });
  });
}
