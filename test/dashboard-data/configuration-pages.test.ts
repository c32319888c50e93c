import assert from 'node:assert/strict';
import { ConfigurationPages } from '../../nodes/dashboard-data/configuration-pages.ts';
import type {
  KeptDevice,
  SearchRequest,
  Version,
  Versions,
} from '../../nodes/shared/configurations/versions/contract.ts';

const version = (id: number, device = 'core-1', before?: number): Version => ({
  ...{ id, device, time: 1000 * id, hash: 'h', size: 10, added: 1, removed: 2, isFull: false },
  ...(before !== undefined && { before }),
});

const kept: Versions = {
  devices: async (): Promise<KeptDevice[]> => [
    { device: 'core-10', labels: {}, versions: 1, fetchedAt: 5000, changedAt: 4000 },
    { device: 'core-2', labels: {}, versions: 3, fetchedAt: 5000, unsavedSince: null },
  ],
  list: async (device: string) =>
    device === 'core-2' ? [version(3, device, 2), version(2, device, 1), version(1, device)] : [],
  version: async (id: number) => version(id, 'other'),
  text: async (id: number) => `text of ${id}\n`,
  diff: async (from: number, to: number) => ({
    ...{ added: from, removed: to, hunks: [], omitted: 0, isTooLarge: false },
  }),
  unsaved: async (device: string) =>
    device === 'core-2'
      ? { since: 1, diff: { added: 5, removed: 0, hunks: [], omitted: 0, isTooLarge: false } }
      : null,
  search: async ({ pattern, isExpression, isLatestOnly }: SearchRequest) => {
    if (pattern === '(') throw new Error('no pattern');
    assert.ok(isLatestOnly);
    const lines = [{ number: 4, text: `${pattern} ${isExpression}` }];
    return { hits: [{ version: version(3, 'core-2', 2), lines, count: 9 }], isPartial: true };
  },
  changes: async (from: number, to: number, device?: string) =>
    Array.from({ length: 30 }, (_, i) => version(from + to + i, device, i === 29 ? undefined : 1)),
} as unknown as Versions;

const chosen = { period: '24h', compare: 'none' } as const;
const title = (device: string) => device.toUpperCase();
const text = (error: unknown) => (error as Error).message;

describe('ConfigurationPages', () => {
  let pages: ConfigurationPages;

  beforeEach(() => {
    pages = new ConfigurationPages(async () => kept);
  });

  const list = (search?: string, isExpression?: boolean) =>
    pages.list(
      {
        ...{ ...chosen, page: 'configurations' },
        ...(search !== undefined && { search }),
        ...(isExpression !== undefined && { isExpression }),
      },
      title,
      text,
    );
  const one = (
    device: string,
    more: { version?: number; before?: number; isWhole?: boolean } = {},
  ) => pages.one({ ...chosen, page: 'configuration', device, ...more }, title);

  it('list devices by their titles', async () => {
    const { lines, search } = await list();
    assert.equal(search, undefined);
    assert.deepEqual(lines, [
      {
        ...{ device: 'core-2', title: 'CORE-2', versions: 3, fetchedAt: 5000, changedAt: null },
        unsavedSince: null,
      },
      { device: 'core-10', title: 'CORE-10', versions: 1, fetchedAt: 5000, changedAt: 4000 },
    ]);
  });

  it('find texts in the newest versions, and tell what is wrong with a search', async () => {
    const { search } = await list('vlan 1', true);
    assert.deepEqual(search?.hits[0]?.lines, [{ number: 4, text: 'vlan 1 true' }]);
    assert.deepEqual(
      [search?.text, search?.isExpression, search?.isPartial, search?.hits[0]?.count],
      ['vlan 1', true, true, 9],
    );
    const bad = await list('(', true);
    assert.deepEqual(bad.search?.hits, []);
    assert.equal(bad.search?.problem, 'no pattern');
    assert.equal(bad.lines.length, 2);
  });

  it('compare the newest version with the one before', async () => {
    const page = await one('core-2');
    assert.deepEqual([page?.shown.id, page?.compared?.id], [3, 2]);
    assert.deepEqual([page?.diff?.added, page?.diff?.removed], [2, 3]);
    assert.equal(page?.text, undefined);
  });

  it('tell of the newest version what is not saved', async () => {
    assert.equal((await one('core-2'))?.unsaved?.added, 5);
    assert.equal((await one('core-2', { version: 1 }))?.unsaved, undefined);
  });

  it('compare the versions that are asked for', async () => {
    const page = await one('core-2', { version: 3, before: 1 });
    assert.deepEqual([page?.shown.id, page?.compared?.id, page?.diff?.added], [3, 1, 1]);
  });

  it('give the first version as a whole, and any that is asked for so', async () => {
    const first = await one('core-2', { version: 1 });
    assert.deepEqual(
      [first?.text, first?.compared, first?.diff],
      ['text of 1\n', undefined, undefined],
    );
    const whole = await one('core-2', { version: 3, isWhole: true });
    assert.deepEqual([whole?.text, whole?.diff], ['text of 3\n', undefined]);
  });

  it('show nothing of another device', async () => {
    assert.equal(await one('unknown'), undefined);
    assert.equal(await one('core-2', { version: 77 }), undefined);
    assert.equal((await one('core-2', { version: 3, before: 77 }))?.compared, undefined);
  });

  it('tell when a device changed, and read that again after a while', async () => {
    let reads = 0;
    pages = new ConfigurationPages(async () => {
      reads++;
      return kept;
    });
    const hour = 3_600_000;
    const found = await pages.of('core-2', 0, hour);
    assert.equal(found?.changes.length, 20);
    // The last one has none before it.
    assert.equal(found.changes.at(-1), 1000 * (hour + 28));
    await pages.of('core-2', 30_000, hour + 30_000);
    assert.equal(reads, 1);
    assert.equal(await pages.of('unknown', 0, hour), undefined);
    assert.equal(reads, 2);
    // Its newest version is older than that.
    assert.deepEqual((await pages.of('core-2', 60_000, hour + 60_000))?.changes, []);
    assert.equal(reads, 3);
    // A longer period.
    await pages.of('core-2', -hour, hour + 61_000);
    assert.equal(reads, 4);
  });
});
