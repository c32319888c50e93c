import assert from 'node:assert/strict';
import { readMessage } from '../../nodes/dashboard-data/messages.ts';
import { alert, at, managed, Seen, start } from './support.ts';

describe('What an alert-manager says of an alert', () => {
  const shown = (seen: Seen) => seen.page<'alerts'>(60, { page: 'alerts' });
  const taken = (payload: unknown) => {
    const seen = new Seen();
    finish(readMessage(seen.state, { payload, topic: 'alerts' }, at(0)));
    return seen;
  };

  it('is in the page, with what inhibits it in words', () => {
    const acknowledged = { by: 'Ana', comment: 'on my way', at: start };
    const { active } = shown(
      taken([
        managed('a', { acknowledged }),
        managed('b', { inhibitedBy: ['a', 'gone'], silencedBy: ['s'], silencedUntil: start + 1 }),
      ]),
    );
    assert.deepEqual(
      active.map(({ status }) => status),
      [
        managed('a', { acknowledged }).status,
        managed('', {
          ...{ inhibitedBy: ['it says a', 'gone'], silencedBy: ['s'] },
          silencedUntil: start + 1,
        }).status,
      ],
    );
    assert.deepEqual(active[0]!.labels, { device: 'sw' });
  });

  it('is missing without one', () => {
    const [line] = shown(taken([alert()])).active;
    assert.equal('status' in line!, false);
    assert.equal('labels' in line!, false);
  });

  it('holds while others tell of the same alert, and not for the next', () => {
    const seen = taken([managed('a', { isFlapping: true })]);
    seen.state.alerts.take(alert({ fingerprint: 'a', value: 99 }));
    assert.equal(shown(seen).active[0]!.status?.isFlapping, true);
    seen.state.alerts.take(alert({ fingerprint: 'a', startsAt: start + 1 }));
    assert.equal(shown(seen).active[0]!.status, undefined);
  });

  it('keeps an alert that flaps in the list, until it is in none', () => {
    const flapping = {
      ...managed('a', { isFlapping: true }),
      ...{ state: 'resolved', endsAt: start + 5 },
    };
    const seen = taken([flapping]);
    assert.deepEqual(
      shown(seen).active.map(({ state }) => state),
      ['resolved'],
    );
    assert.deepEqual(shown(seen).ended, []);
    finish(readMessage(seen.state, { payload: [], topic: 'alerts' }, at(30)));
    assert.deepEqual(shown(seen).active, []);
    assert.deepEqual(
      shown(seen).ended.map(({ endsAt }) => endsAt),
      [start + 5],
    );
  });

  it('is refused where it is nothing of the kind', () => {
    const wrong = { ...alert(), status: { acknowledged: 'yes' } };
    assert.throws(() => taken([wrong]), { field: 'payload[0].status.acknowledged' });
  });

  it('comes in parts where there is much, and what is in none of them has ended', () => {
    const seen = taken([managed('a'), managed('b')]);
    const part = (index: number, id: string, ...names: string[]) =>
      finish(
        readMessage(
          seen.state,
          {
            payload: names.map((name) => managed(name)),
            topic: 'alerts',
            parts: { id, index, count: 3 },
          },
          at(30 + index),
        ),
      );
    const active = () =>
      shown(seen)
        .active.map(({ fingerprint }) => fingerprint)
        .sort();
    part(0, 'x', 'a');
    part(1, 'x', 'c');
    assert.deepEqual(active(), ['a', 'b', 'c']);
    part(2, 'x', 'd');
    assert.deepEqual(active(), ['a', 'c', 'd']);
    assert.deepEqual(
      shown(seen).ended.map(({ fingerprint }) => fingerprint),
      ['b'],
    );
    // Of a list of which a part did not come nobody knows what is not in it.
    part(0, 'y', 'a');
    part(2, 'y', 'e');
    assert.deepEqual(active(), ['a', 'c', 'd', 'e']);
  });
});

function finish(work: Iterator<void>): void {
  while (!work.next().done);
}
