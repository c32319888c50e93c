import assert from 'node:assert/strict';
import type { KeptDevice } from '../../nodes/shared/configurations/versions/contract.ts';
import { keptConfigurations } from '../../nodes/sidebar/kept-configurations.ts';

const device = (name: string, more: Partial<KeptDevice> = {}): KeptDevice => ({
  ...{ device: name, labels: {}, versions: 1, fetchedAt: 2000, changedAt: 1000, ...more },
});

describe('the list of configurations', () => {
  it('has what needs somebody first, then devices by their names, of each database once', async () => {
    const asked: string[] = [];
    const of = async (database: string) => {
      asked.push(database);
      if (database === 'broken') throw new Error('damaged');
      return database === 'a'
        ? [
            device('sw-10'),
            device('sw-2', { unsavedSince: null }),
            device('sw-3', { unsavedSince: 1500 }),
          ]
        : [
            {
              device: 'fw',
              labels: {},
              versions: 0,
              failed: { time: 3000, reason: 'no\u202eanswer' },
            },
          ];
    };
    const watchers = ['a', 'a', 'broken', 'b'].map((database, i) => ({ node: `n${i}`, database }));
    assert.deepEqual(await keptConfigurations(watchers, of), [
      { node: 'n3', device: 'fw', state: 'failed', reason: 'no answer' },
      { node: 'n0', device: 'sw-3', state: 'unsaved', changedAt: 1000 },
      { node: 'n0', device: 'sw-2', state: 'fetched', changedAt: 1000 },
      { node: 'n0', device: 'sw-10', state: 'fetched', changedAt: 1000 },
    ]);
    assert.deepEqual(asked.sort(), ['a', 'b', 'broken']);
  });

  it('is not longer than people read', async () => {
    const many = Array.from({ length: 600 }, (_, i) => device(`d${i}`));
    const list = await keptConfigurations([{ node: 'n', database: 'a' }], async () => many);
    assert.equal(list.length, 500);
  });
});
