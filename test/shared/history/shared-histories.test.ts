import assert from 'node:assert/strict';
import type { History } from '../../../nodes/shared/history/history.ts';
import { SharedHistories, type Wishes } from '../../../nodes/shared/history/shared-histories.ts';
import type { WorkerSettings } from '../../../nodes/shared/history/store/messages.ts';

const wishes = (raw: number, size: number, commitMs: number): Wishes => ({
  retention: { ages: { raw, '5m': 10 * raw, '1h': 20 }, size },
  commitMs,
  forwards: [],
});

describe('SharedHistories', () => {
  let opened: WorkerSettings[];
  let changes: Wishes[];
  let closed: PromiseWithResolvers<void>;
  let tellAll: (problem: Error | undefined) => void;
  let histories: SharedHistories;

  beforeEach(() => {
    opened = [];
    changes = [];
    closed = Promise.withResolvers();
    histories = new SharedHistories((settings, tell) => {
      opened.push(settings);
      tellAll = tell;
      return {
        set settings(changed: Wishes) {
          changes.push(changed);
        },
        close: () => closed.promise,
      } as unknown as History;
    });
  });

  const lease = (
    folder: string,
    wish = wishes(1, 1, 1),
    tell: (problem: Error | undefined) => void = () => {},
  ) => histories.lease(folder, wish, tell);

  it('opens a folder once, and keeps what keeps longest', async () => {
    const one = await lease('/data/a', wishes(5, 100, 1000));
    const other = await lease('/data/x/../a', wishes(3, 200, 50));
    assert.equal(one.history, other.history);
    assert.equal(opened.length, 1);
    assert.equal(opened[0]!.folder, '/data/a');
    assert.deepEqual(changes, [wishes(5, 200, 50)]);
    await other.release();
    assert.deepEqual(changes[1], wishes(5, 100, 1000));
    await lease('/data/b');
    assert.equal(opened.length, 2);
  });

  it('forwards to whom any of its users forwards', async () => {
    const to = (name: string) => [
      { name, url: `http://${name}`, authorization: '', verify: true, ca: '', labels: {} },
    ];
    await lease('/data/a', { ...wishes(1, 1, 1), forwards: to('x') });
    const other = await lease('/data/a', { ...wishes(1, 1, 1), forwards: to('y') });
    await other.release();
    assert.deepEqual(
      changes.map(({ forwards }) => forwards.map(({ name }) => name)),
      [['x', 'y'], ['x']],
    );
  });

  it('tells each of its users', async () => {
    const heard: string[] = [];
    await lease('/data/a', undefined, () => heard.push('one'));
    const other = await lease('/data/a', undefined, () => heard.push('other'));
    tellAll(new Error());
    await other.release();
    tellAll(new Error());
    assert.deepEqual(heard, ['one', 'other', 'one']);
  });

  it('opens a folder again only once it is closed', async () => {
    const one = await lease('/data/a');
    const released = one.release();
    void one.release();
    const again = lease('/data/a');
    await Promise.resolve();
    assert.equal(opened.length, 1);
    closed.resolve();
    await released;
    assert.notEqual((await again).history, one.history);
    assert.equal(opened.length, 2);
  });
});
