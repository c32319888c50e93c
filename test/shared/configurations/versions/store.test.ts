import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FetchedConfiguration } from '../../../../nodes/shared/configurations/versions/contract.ts';
import { unifiedText } from '../../../../nodes/shared/configurations/versions/diff-text.ts';
import { derivedKey } from '../../../../nodes/shared/configurations/versions/seal.ts';
import { search } from '../../../../nodes/shared/configurations/versions/search.ts';
import { Store } from '../../../../nodes/shared/configurations/versions/store.ts';

const day = 86_400_000;
const begin = Date.UTC(2026, 10, 1);
const first = 'hostname core-1\nvlan 10\nend\n';
const second = 'hostname core-1\nvlan 20\nvlan 30\nend\n';

describe('Store', () => {
  let folder: string;
  let path: string;
  let store: Store;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netmon-configurations-'));
    path = join(folder, 'configurations.sqlite');
    store = open();
  });

  afterEach(async () => {
    store.close();
    await rm(folder, { recursive: true });
  });

  const open = () => new Store(path, (file) => new DatabaseSync(file));
  const reopen = () => {
    store.close();
    store = open();
  };
  const edit = (sql: string) => {
    store.close();
    const file = new DatabaseSync(path);
    file.exec(sql);
    file.close();
    store = open();
  };
  const fetched = (
    text: string,
    hours: number,
    more: Partial<FetchedConfiguration> = {},
  ): FetchedConfiguration => ({
    ...{ device: 'core-1', labels: { site: 'berlin' }, text, time: begin + hours * 3_600_000 },
    retention: { count: 100, age: 365 * day },
    ...more,
  });

  it('keeps the first one as new, another one as changed, and the same one once', () => {
    const one = store.add(fetched(first, 0));
    assert.equal(one.outcome, 'new');
    assert.deepEqual(one.version, {
      ...{ id: 1, device: 'core-1', time: begin, size: 28, added: 0, removed: 0, isFull: false },
      hash: '2056a492b135a4fc176169c8eca433d3622d8eca21f39c95753a1dda9ee111ec',
    });
    assert.equal(one.diff, undefined);

    const same = store.add(fetched(first, 1));
    assert.deepEqual([same.outcome, same.version, same.diff], ['same', one.version, undefined]);

    const two = store.add(fetched(second, 2, { changedBy: 'ada' }));
    assert.equal(two.outcome, 'changed');
    assert.deepEqual([two.version.before, two.version.added, two.version.removed], [1, 2, 1]);
    assert.equal(two.version.changedBy, 'ada');
    assert.equal(
      unifiedText(two.diff!.hunks),
      '@@ -1,3 +1,4 @@\n hostname core-1\n-vlan 10\n+vlan 20\n+vlan 30\n end\n',
    );
    assert.deepEqual(
      store.list('core-1').map(({ id }) => id),
      [2, 1],
    );
    assert.equal(store.text(1), first);
    assert.equal(store.text(2), second);
  });

  it('has all of it again once it is opened anew', () => {
    store.add(fetched(first, 0));
    store.add(fetched(second, 1));
    const kept = store.list('core-1');
    reopen();
    assert.deepEqual(store.list('core-1'), kept);
    assert.equal(store.add(fetched(second, 2)).outcome, 'same');
  });

  it('takes one for the same where only what is not compared differs', () => {
    store.add(fetched(`! by ada\n${first}`, 0, { compared: first }));
    const { outcome } = store.add(fetched(`! by bob\n${first}`, 1, { compared: first }));
    assert.equal(outcome, 'same');
    assert.equal(store.text(1), `! by ada\n${first}`);
  });

  it('keeps a text once, whoever has it, and forgets it with the last of them', () => {
    store.add(fetched(first, 0));
    store.add(fetched(second, 1));
    store.add(fetched(first, 2));
    store.add(fetched(first, 2, { device: 'core-2' }));
    const texts = () => {
      reopen();
      store.close();
      const file = new DatabaseSync(path);
      const { count } = file.prepare('SELECT count(*) AS count FROM text').get() as {
        count: number;
      };
      file.close();
      store = open();
      return count;
    };
    assert.equal(texts(), 2);
    store.remove('core-1');
    assert.equal(texts(), 1);
    assert.deepEqual(store.list('core-1'), []);
    assert.equal(store.text(store.list('core-2')[0]!.id), first);
    store.remove('core-2');
    assert.equal(texts(), 0);
  });

  it('forgets versions beyond a count', () => {
    const retention = { count: 3, age: 365 * day };
    for (let i = 0; i < 6; i++) store.add(fetched(`vlan ${i}\n`, i, { retention }));
    assert.deepEqual(
      store.list('core-1').map(({ id, before }) => [id, before]),
      [
        [6, 5],
        [5, 4],
        [4, undefined],
      ],
    );
    assert.throws(() => store.text(3), { key: 'configurationGone' });
  });

  it('forgets versions beyond an age, but not the newest one', () => {
    const retention = { count: 100, age: 2 * day };
    store.add(fetched(first, 0, { retention }));
    store.add(fetched(second, 24, { retention }));
    store.add(fetched(second, 24 * 30, { retention }));
    assert.deepEqual(
      store.list('core-1').map(({ id }) => id),
      [2],
    );
  });

  it('forgets a device that was not fetched for as long as its versions are kept', () => {
    const retention = { count: 100, age: 10 * day };
    store.add(fetched(first, 0, { retention }));
    store.add(fetched(first, 24 * 9, { device: 'core-2', retention }));
    store.add(fetched(first, 24 * 12, { device: 'core-3', retention }));
    assert.deepEqual(
      store.devices().map(({ device }) => device),
      ['core-2', 'core-3'],
    );
  });

  it('tells of each device what is known of it', () => {
    store.add(fetched(first, 0, { saved: first }));
    store.add(fetched(second, 2, { saved: first }));
    store.fail('core-1', { site: 'berlin' }, begin + 9, 'no answer');
    store.fail('edge-1', {}, begin + 7, 'refused');
    assert.deepEqual(store.devices(), [
      {
        ...{ device: 'core-1', labels: { site: 'berlin' }, versions: 2, latest: 2 },
        ...{ fetchedAt: begin + 7_200_000, changedAt: begin + 7_200_000 },
        unsavedSince: begin + 7_200_000,
        failed: { time: begin + 9, reason: 'no answer' },
      },
      { device: 'edge-1', labels: {}, versions: 0, failed: { time: begin + 7, reason: 'refused' } },
    ]);
    store.add(fetched(second, 3, { saved: second }));
    const [device] = store.devices();
    assert.equal(device!.failed, undefined);
    assert.equal(device!.unsavedSince, null);
  });

  it('tells since when the configuration in use is not saved', () => {
    const at = (hours: number) => begin + hours * 3_600_000;
    assert.equal(store.add(fetched(first, 0)).unsaved, undefined);
    assert.equal(store.add(fetched(first, 1, { saved: first })).unsaved, null);
    const unsaved = store.add(fetched(second, 2, { saved: first })).unsaved!;
    assert.deepEqual([unsaved.since, unsaved.diff.added, unsaved.diff.removed], [at(2), 2, 1]);
    assert.equal(store.add(fetched(second, 3, { saved: first })).unsaved!.since, at(2));
    assert.equal(store.add(fetched(second, 4, { saved: second })).unsaved, null);
    assert.equal(store.add(fetched(second, 5, { saved: first })).unsaved!.since, at(5));
  });

  it('keeps what is not saved until it is', () => {
    assert.equal(store.unsaved('core-1'), null);
    store.add(fetched(first, 0));
    assert.equal(store.unsaved('core-1'), null);
    const { unsaved } = store.add(fetched(second, 2, { saved: first }));
    assert.deepEqual(store.unsaved('core-1'), unsaved);
    store.add(fetched(second, 3, { saved: second }));
    assert.equal(store.unsaved('core-1'), null);
  });

  it('gives what is not saved the numbers that lines have in the whole texts', () => {
    const saved = '! saved by x\na\nb\nc\nd\n! note\ne\nf\ng\nh\n';
    const text = '! changed by y\n! at noon\na\nb\nc\nD\n! note\n! another\ne\nf\ng\nh\ni\n';
    const without = (whole: string) => whole.replace(/^!.*\n/gm, '');
    const more = { saved, compared: without(text), savedCompared: without(saved) };
    const { diff } = store.add(fetched(text, 0, more)).unsaved!;
    assert.deepEqual(diff, {
      ...{ added: 2, removed: 1, omitted: 0, isTooLarge: false },
      hunks: [
        { from: 2, to: 3, lines: [' a', ' b', ' c', '-d', '+D'] },
        { from: 7, to: 9, lines: [' e', ' f', ' g', ' h', '+i'] },
      ],
    });
  });

  it('does not take a secret that a saved configuration hides for one that is not saved', () => {
    const text = 'a\nkey <secret 1a2b3c4d>\n';
    const saved = 'a\nkey <secret>\n';
    assert.equal(store.add(fetched(text, 0, { saved })).unsaved, null);
    const other = store.add(fetched(`b\n${text}`, 1, { saved })).unsaved!;
    assert.deepEqual(other.diff.hunks[0]!.lines, ['+b', ' a', ' key <secret>']);
    const shown = 'a\nkey <secret 00000000>\n';
    assert.equal(store.add(fetched(text, 2, { saved: shown })).unsaved!.diff.added, 1);
  });

  it('gives the changes of a time, of one device or of all', () => {
    store.add(fetched(first, 0));
    store.add(fetched(second, 1));
    store.add(fetched(first, 1, { device: 'core-2' }));
    store.add(fetched(first, 3));
    const ids = (from: number, to: number, device?: string) =>
      store
        .changes(begin + from * 3_600_000, begin + to * 3_600_000, device)
        .map(({ id, before }) => [id, before]);
    assert.deepEqual(ids(1, 3), [
      [2, 1],
      [3, undefined],
    ]);
    assert.deepEqual(ids(0, 4, 'core-1'), [
      [1, undefined],
      [2, 1],
      [4, 2],
    ]);
  });

  it('compares any two versions', () => {
    store.add(fetched(first, 0));
    store.add(fetched(second, 1));
    const { added, removed } = store.diff(2, 1);
    assert.deepEqual([added, removed], [1, 2]);
    assert.throws(() => store.diff(1, 9), { key: 'configurationGone' });
  });

  it('tells which rules a text breaks, each time that it is fetched', () => {
    const rules = [{ name: 'ntp', kind: 'mustHave', pattern: '^ntp server' } as const];
    const found = () => store.add(fetched(first, 0, { rules })).findings.map(({ rule }) => rule);
    assert.deepEqual(found(), ['ntp']);
    assert.deepEqual(found(), ['ntp']);
    assert.deepEqual(
      store.add(fetched(`${first}ntp server 192.0.2.1\n`, 1, { rules })).findings,
      [],
    );
  });

  describe('with secrets', () => {
    const key = derivedKey('credential secret', 'configurations');
    const full = { text: first.replace('vlan 10', 'password Tr0ub4dor'), key };

    it('keeps the whole text only for who has the key, and no secret as it is', async () => {
      const { version } = store.add(fetched(first, 0, { full }));
      assert.equal(version.isFull, true);
      assert.equal(store.fullText(1, key), full.text);
      const other = derivedKey('another', 'configurations');
      assert.throws(() => store.fullText(1, other), { key: 'configurationSealed' });
      reopen();
      assert.equal(store.fullText(1, key), full.text);
      store.close();
      assert.equal((await readFile(path)).includes('Tr0ub4dor'), false);
      store = open();
    });

    it('says where it was not kept', () => {
      store.add(fetched(first, 0));
      assert.throws(() => store.fullText(1, key), { key: 'configurationMasked' });
    });

    it('forgets it with its version', () => {
      const retention = { count: 1, age: day };
      store.add(fetched(first, 0, { full, retention }));
      store.add(fetched(second, 1, { retention }));
      assert.throws(() => store.fullText(1, key), { key: 'configurationGone' });
    });
  });

  describe('with a file that is damaged or another one', () => {
    it('leaves out a text that is damaged, and goes on with those around it', () => {
      store.add(fetched(first, 0));
      store.add(fetched(second, 1));
      edit("UPDATE text SET data = x'00ff' WHERE id = 2");
      assert.throws(() => store.text(2), { key: 'configurationDamaged' });
      assert.equal(store.text(1), first);
      const { outcome, diff } = store.add(fetched(`${second}!\n`, 2));
      assert.deepEqual([outcome, diff], ['changed', undefined]);
    });

    it('knows a text by its hash, so that another one in its place is damage', () => {
      store.add(fetched(first, 0));
      store.add(fetched(second, 1));
      edit('UPDATE text SET data = (SELECT data FROM text WHERE id = 1) WHERE id = 2');
      assert.throws(() => store.text(2), { key: 'configurationDamaged' });
    });

    it('mends a damaged text once a device has it again', () => {
      store.add(fetched(first, 0));
      store.add(fetched(second, 1));
      edit("UPDATE text SET data = x'00ff' WHERE id = 1");
      store.add(fetched(first, 2));
      assert.equal(store.text(1), first);
    });

    it('does not touch a file of a later Netmon', () => {
      store.close();
      const file = new DatabaseSync(path);
      file.exec('PRAGMA user_version = 3');
      file.close();
      assert.throws(open, { reason: 'newer' });
      const again = new DatabaseSync(path);
      again.exec('PRAGMA user_version = 2');
      again.close();
      store = open();
    });

    it('takes a file of the first format, which knew only since when a device was not saved', () => {
      store.add(fetched(second, 1, { saved: first }));
      store.close();
      const file = new DatabaseSync(path);
      file.exec('ALTER TABLE device DROP COLUMN unsaved_diff; PRAGMA user_version = 1');
      file.close();
      store = open();
      assert.equal(store.devices()[0]!.unsavedSince, begin + 3_600_000);
      assert.equal(store.unsaved('core-1'), null);
      const unsaved = store.add(fetched(second, 2, { saved: first })).unsaved!;
      assert.deepEqual(store.unsaved('core-1'), unsaved);
      assert.equal(unsaved.since, begin + 3_600_000);
    });

    it('does not touch a file of another program', async () => {
      store.close();
      await rm(path);
      const file = new DatabaseSync(path);
      file.exec('CREATE TABLE other (a)');
      file.close();
      assert.throws(open, { reason: 'foreign' });
      await rm(path);
      store = open();
    });

    it('throws what SQLite says of one that is none', async () => {
      store.close();
      await writeFile(
        path,
        'no database, but a text that is long enough to be looked at'.repeat(50),
      );
      assert.throws(open, { errcode: 26 });
      await rm(path);
      store = open();
    });
  });

  describe('searched', () => {
    const found = (
      pattern: string,
      more: {
        isExpression?: boolean;
        devices?: string[];
        isLatestOnly?: boolean;
        limit?: number;
      } = {},
      isOver = () => false,
    ) => {
      const request = { isExpression: false, isLatestOnly: false, limit: 100, ...more, pattern };
      const steps = search(store, request, isOver);
      for (;;) {
        const step = steps.next();
        if (step.done) return step.value;
      }
    };

    beforeEach(() => {
      store.add(fetched(first, 0));
      store.add(fetched(second, 1));
      store.add(fetched(first, 2, { device: 'core-2' }));
    });

    it('finds lines in all versions, the newest first', () => {
      const { hits, isPartial } = found('VLAN');
      assert.equal(isPartial, false);
      assert.deepEqual(
        hits.map(({ version: { id, device }, lines, count }) => ({ id, device, lines, count })),
        [
          { id: 3, device: 'core-2', lines: [{ number: 2, text: 'vlan 10' }], count: 1 },
          {
            id: 2,
            device: 'core-1',
            lines: [
              { number: 2, text: 'vlan 20' },
              { number: 3, text: 'vlan 30' },
            ],
            count: 2,
          },
          { id: 1, device: 'core-1', lines: [{ number: 2, text: 'vlan 10' }], count: 1 },
        ],
      );
    });

    it('finds expressions, in newest versions or in those of some devices', () => {
      const ids = (...args: Parameters<typeof found>) =>
        found(...args).hits.map(({ version }) => version.id);
      assert.deepEqual(ids('^vlan [12]0$', { isExpression: true }), [3, 2, 1]);
      assert.deepEqual(ids('vlan', { isLatestOnly: true }), [3, 2]);
      assert.deepEqual(ids('vlan', { devices: ['core-1'] }), [2, 1]);
      assert.deepEqual(ids('vlan.20'), []);
    });

    it('says that there is more than was told', () => {
      const many = found('vlan', { limit: 2 });
      assert.deepEqual([many.hits.length, many.isPartial], [2, true]);
      const slow = found('vlan', {}, () => true);
      assert.deepEqual([slow.hits.length, slow.isPartial], [0, true]);
    });

    it('leaves out what is damaged', () => {
      edit("UPDATE text SET data = x'00' WHERE id = 2");
      assert.deepEqual(
        found('vlan').hits.map(({ version }) => version.id),
        [3, 1],
      );
    });

    it('refuses a pattern that is none', () => {
      assert.throws(() => found('(', { isExpression: true }), { field: 'pattern' });
      assert.throws(() => found(''), { field: 'pattern' });
    });
  });
});
