import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { Queue } from '../../../nodes/shared/devices/queue.ts';

describe('Queue', () => {
  /** A queue whose tasks run until the test ends them. */
  function queue(limit: number) {
    const made = new Queue(limit);
    const running = new Map<string, (good: boolean) => void>();
    const items = new Map<string, object>();
    const item = (name: string) => items.get(name) ?? items.set(name, { name }).get(name)!;
    return {
      made,
      running: () => [...running.keys()].join(''),
      add: (name: string) =>
        made.add(
          item(name),
          () =>
            new Promise((resolve) => {
              running.set(name, resolve);
            }),
        ),
      async end(name: string, good = true) {
        running.get(name)!(good);
        running.delete(name);
        await setImmediate();
      },
    };
  }

  it('runs as many at a time as it may, in their order', async () => {
    const q = queue(2);
    for (const name of 'abcd') void q.add(name);
    assert.equal(q.running(), 'ab');
    await q.end('b');
    assert.equal(q.running(), 'ac');
    await q.end('a');
    assert.equal(q.running(), 'cd');
  });

  it('never has two tasks of one item', async () => {
    const q = queue(1);
    let began = 0;
    const item = {};
    const task = async () => ++began > 0;
    const first = q.made.add(item, task);
    const second = q.made.add(item, task);
    await Promise.all([first, second]);
    assert.equal(began, 1);
    await q.made.add(item, task);
    assert.equal(began, 2);
  });

  it('gives half of the places at most to items that failed, after the others', async () => {
    const q = queue(4);
    for (const name of 'abcd') void q.add(name);
    for (const name of 'abcd') await q.end(name, false);
    for (const name of 'abcdx') void q.add(name);
    assert.equal(q.running(), 'abx');
    void q.add('y');
    assert.equal(q.running(), 'abxy');
    void q.add('z');
    await q.end('a', true);
    assert.equal(q.running(), 'bxyz');
    await q.end('b', false);
    assert.equal(q.running(), 'xyzc');
    await q.end('x');
    assert.equal(q.running(), 'yzcd');
    await q.end('c', true);
    void q.add('a');
    void q.add('c');
    assert.equal(q.running(), 'yzda');
  });

  it('gives the only place to whoever waits', async () => {
    const q = queue(1);
    void q.add('a');
    await q.end('a', false);
    void q.add('a');
    void q.add('b');
    assert.equal(q.running(), 'a');
    await q.end('a', false);
    assert.equal(q.running(), 'b');
  });

  it('keeps a place for items that failed, however many others wait', async () => {
    const q = queue(3);
    for (const name of 'abc') void q.add(name);
    await q.end('a', false);
    for (const name of 'dea') void q.add(name);
    assert.equal(q.running(), 'bcd');
    await q.end('b');
    assert.equal(q.running(), 'cda');
    void q.add('f');
    await q.end('a');
    assert.equal(q.running(), 'cde');
  });

  it('keeps a quarter of the places for them, and half at most', async () => {
    const q = queue(11);
    for (const name of 'abcdefghijk') void q.add(name);
    for (const name of 'abcdefgh') await q.end(name, false);
    for (const name of 'lmnopqrstabcdefgh') void q.add(name);
    assert.equal(q.running(), 'ijklmnopqrs');
    for (const name of 'ijk') await q.end(name);
    assert.equal(q.running(), 'lmnopqrsabt');
    for (const name of 'lmnopqrst') await q.end(name);
    assert.equal(q.running(), 'abcde');
  });

  it('gives a single place in turn to those that failed and to others', async () => {
    const q = queue(1);
    for (const name of 'ab') {
      void q.add(name);
      await q.end(name, false);
    }
    for (const name of 'xyzab') void q.add(name);
    const order = [];
    for (let i = 0; i < 5; i++) {
      order.push(q.running());
      await q.end(q.running(), order.at(-1)! > 'w');
    }
    assert.equal(order.join(''), 'xaybz');
  });

  it('gives the place of a task that throws to the next, and tells of the error', async () => {
    const q = queue(1);
    const broken = q.made.add({}, () => Promise.reject(new Error('broken')));
    void q.add('a');
    await assert.rejects(broken, /^Error: broken$/);
    assert.equal(q.running(), 'a');
  });

  it('takes an item for good again once it went well', async () => {
    const q = queue(1);
    for (const good of [false, true]) {
      void q.add('a');
      await q.end('a', good);
    }
    for (const name of 'xya') void q.add(name);
    await q.end('x');
    assert.equal(q.running(), 'y');
  });

  it('takes an item whose task threw for one that failed', async () => {
    const q = queue(1);
    const item = {};
    await assert.rejects(q.made.add(item, () => Promise.reject(new Error('broken'))));
    for (const name of 'xy') void q.add(name);
    let turn = 'none';
    void q.made.add(item, () => {
      turn = q.running();
      return Promise.resolve(true);
    });
    await q.end('x');
    assert.equal(turn, '');
    assert.equal(q.running(), 'y');
  });

  it('takes anew what it dropped', async () => {
    const q = queue(1);
    void q.add('a');
    void q.add('b');
    q.made.clear();
    void q.add('b');
    await q.end('a');
    assert.equal(q.running(), 'b');
  });

  it('drops what waits, and tells of its end', async () => {
    const q = queue(1);
    void q.add('a');
    const dropped = q.add('b');
    q.made.clear();
    await dropped;
    await q.end('a');
    assert.equal(q.running(), '');
  });
});
