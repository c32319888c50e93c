import assert from 'node:assert/strict';
import { WatchedDevices } from '../../nodes/sidebar/watched-devices.ts';

const all = () => true;

describe('WatchedDevices', () => {
  function setUp() {
    const watched = new WatchedDevices();
    const devices = [{ device: 'core-1', address: '10.0.0.1' }, { device: 'pi' }];
    watched.take({ node: 'poll', devices });
    return watched;
  }

  const core = { node: 'poll', device: 'core-1', address: '10.0.0.1' } as const;
  const pi = { node: 'poll', device: 'pi', state: 'unknown' } as const;

  it('know nothing of what was not polled yet', () => {
    assert.deepEqual(setUp().list(all), [{ ...core, state: 'unknown' }, pi]);
  });

  it('have the state of the last poll, and since when it is that', () => {
    const watched = setUp();
    const see = (state: 'up' | 'degraded' | 'down', time: number, reason?: string) =>
      watched.see({
        ...{ node: 'poll', device: 'core-1', state, time },
        ...(reason !== undefined && { reason }),
      });
    see('up', 1000);
    assert.deepEqual(watched.list(all)[0], { ...core, state: 'up', since: 1000, lastPoll: 1000 });
    see('up', 2000);
    assert.deepEqual(watched.list(all)[0], { ...core, state: 'up', since: 1000, lastPoll: 2000 });
    see('down', 3000, 'no answer');
    see('down', 4000, '<b>no\nanswer\u0000 after 5 s</b>');
    assert.deepEqual(watched.list(all)[0], {
      ...core,
      ...{ state: 'down', since: 3000, lastPoll: 4000, reason: '<b>no answer after 5 s</b>' },
    });
    see('degraded', 5000, 'x'.repeat(10_000));
    assert.equal(watched.list(all)[0]!.reason!.length, 300);
    see('up', 6000);
    assert.deepEqual(watched.list(all), [
      { ...core, state: 'up', since: 6000, lastPoll: 6000 },
      pi,
    ]);
  });

  it('keep the state of a device that stays on a list, where it has its address still', () => {
    const watched = setUp();
    watched.see({ node: 'poll', device: 'core-1', state: 'up', time: 1000 });
    const list = (address: string) =>
      watched.take({ node: 'poll', devices: [{ device: 'core-1', address }] });
    list('10.0.0.1');
    assert.deepEqual(watched.list(all), [{ ...core, state: 'up', since: 1000, lastPoll: 1000 }]);
    list('10.0.0.2');
    assert.deepEqual(watched.list(all), [{ ...core, address: '10.0.0.2', state: 'unknown' }]);
  });

  it('forget what is on no list, and what a node had that does not run any more', () => {
    const watched = setUp();
    watched.take({ node: 'host', devices: [{ device: 'pi' }] });
    watched.see({ node: 'poll', device: 'gone', state: 'up', time: 1 });
    watched.see({ node: 'gone', device: 'pi', state: 'up', time: 1 });
    assert.equal(watched.list(all).length, 3);
    assert.deepEqual(
      watched.list((node) => node === 'host'),
      [{ node: 'host', device: 'pi', state: 'unknown' }],
    );
    watched.see({ node: 'poll', device: 'core-1', state: 'up', time: 1 });
    assert.equal(watched.list(all).length, 1);
  });
});
