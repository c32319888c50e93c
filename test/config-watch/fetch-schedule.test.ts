import assert from 'node:assert/strict';
import { nextFetch, placeOf } from '../../nodes/config-watch/fetch-schedule.ts';

const minute = 60_000;
const hour = 60 * minute;
/** a time of this machine's own clock */
const at = (day: number, hours: number, minutes = 0) =>
  new Date(2026, 10, day, hours, minutes).getTime();

describe('nextFetch', () => {
  const daily = { at: 3 * hour, spread: 0 };

  it('is at once for a device that was never asked', () => {
    assert.equal(nextFetch({ every: hour }, undefined, 5000, 0.5), 5000);
    assert.equal(nextFetch(daily, undefined, 5000, 0.5), 5000);
  });

  it('is never without a schedule', () => {
    assert.equal(nextFetch(undefined, undefined, 5000, 0), Infinity);
    assert.equal(nextFetch(undefined, 1, 5000, 0), Infinity);
  });

  it('is an interval after the last one, or at once where that has passed', () => {
    assert.equal(nextFetch({ every: hour }, 10 * minute, 20 * minute, 0.5), 70 * minute);
    assert.equal(nextFetch({ every: hour }, 0, 5 * hour, 0.5), 5 * hour);
  });

  it('goes by now where the clock was set back behind the last one', () => {
    assert.equal(nextFetch({ every: hour }, 100 * hour, 50 * hour, 0.5), 51 * hour);
  });

  it('is at the time of day that comes after the last one', () => {
    assert.equal(nextFetch(daily, at(10, 3), at(10, 12), 0), at(11, 3));
    assert.equal(nextFetch(daily, at(10, 2), at(10, 2, 30), 0), at(10, 3));
    assert.equal(nextFetch(daily, at(9, 20), at(10, 1), 0), at(10, 3));
  });

  it('is at once where the time of day was missed', () => {
    assert.equal(nextFetch(daily, at(8, 3), at(10, 12), 0), at(10, 12));
  });

  it('spreads devices over a time, each at its own place', () => {
    const spread = { at: 3 * hour, spread: hour };
    assert.equal(nextFetch(spread, at(10, 2), at(10, 2), 0.5), at(10, 3, 30));
    assert.equal(nextFetch(spread, at(10, 3, 15), at(10, 3, 15), 0.5), at(10, 3, 30));
    assert.equal(nextFetch(spread, at(10, 3, 30), at(10, 3, 30), 0.5), at(11, 3, 30));
  });

  it('spreads over midnight', () => {
    const late = { at: 23 * hour + 30 * minute, spread: 2 * hour };
    assert.equal(nextFetch(late, at(10, 12), at(10, 12), 0.5), at(11, 0, 30));
    assert.equal(nextFetch(late, at(11, 0, 10), at(11, 0, 10), 0.5), at(11, 0, 30));
    assert.equal(nextFetch(late, at(11, 0, 30), at(11, 0, 30), 0.5), at(12, 0, 30));
  });
});

describe('placeOf', () => {
  it('is the same for a name, and spreads many evenly', () => {
    assert.equal(placeOf('core-1'), placeOf('core-1'));
    const places = Array.from({ length: 2000 }, (_, i) => placeOf(`switch-${i}`));
    for (let tenth = 0; tenth < 10; tenth++) {
      const count = places.filter((place) => Math.floor(place * 10) === tenth).length;
      assert.ok(count > 140 && count < 260, `${count} in tenth ${tenth}`);
    }
  });
});
