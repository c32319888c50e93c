import assert from 'node:assert/strict';
import { checkUniqueMaintenance, isOn } from '../../nodes/shared/maintenance.ts';

const minute = 60_000;

/** When a window is on between two times: pairs of begin and end, in universal time. */
function times(row: object, from: string, to: string): string[] {
  const window = checkUniqueMaintenance('maintenance[0]', { name: 'w', ...row }, new Set());
  const found: string[] = [];
  let wasOn = false;
  for (let time = Date.parse(from); time <= Date.parse(to); time += minute) {
    const on = isOn(window, time);
    if (on !== wasOn) found.push(new Date(time).toISOString().slice(0, 16));
    wasOn = on;
  }
  return found;
}

describe('a maintenance window', () => {
  const berlin = { timeZone: 'Europe/Berlin' };

  it('comes once, in its time zone', () => {
    const row = { ...berlin, from: '2026-11-25 22:00', to: '2026-11-26 02:00' };
    assert.deepEqual(times(row, '2026-11-25T00:00Z', '2026-11-27T00:00Z'), [
      '2026-11-25T21:00',
      '2026-11-26T01:00',
    ]);
  });

  it('comes each week on its days, over midnight too', () => {
    const row = { ...berlin, days: 'Sat, sun', from: '23:00', to: '01:30' };
    assert.deepEqual(times(row, '2026-11-26T00:00Z', '2026-12-01T00:00Z'), [
      ...['2026-11-28T22:00', '2026-11-29T00:30'],
      ...['2026-11-29T22:00', '2026-11-30T00:30'],
    ]);
  });

  it('is on all day from 00:00 to 24:00, and where it ends when it begins', () => {
    for (const to of ['24:00', '00:00']) {
      const row = { timeZone: 'UTC', days: 'fri-mon', from: '00:00', to };
      assert.deepEqual(times(row, '2026-11-26T00:00Z', '2026-12-03T00:00Z'), [
        '2026-11-27T00:00',
        '2026-12-01T00:00',
      ]);
    }
  });

  it('begins with the first time that there is, where daylight saving begins within it', () => {
    // At 02:00 the clock goes to 03:00.
    const row = { ...berlin, days: 'sun', from: '02:30', to: '04:00' };
    assert.deepEqual(times(row, '2026-03-28T12:00Z', '2026-03-29T12:00Z'), [
      '2026-03-29T01:00',
      '2026-03-29T02:00',
    ]);
    const skipped = { ...berlin, days: 'sun', from: '02:10', to: '02:50' };
    assert.deepEqual(times(skipped, '2026-03-28T12:00Z', '2026-03-29T12:00Z'), []);
  });

  it('is on for both of the times that come twice where daylight saving ends', () => {
    // At 03:00 the clock goes back to 02:00.
    const row = { ...berlin, days: 'sun', from: '02:00', to: '03:00' };
    assert.deepEqual(times(row, '2026-10-24T12:00Z', '2026-10-25T12:00Z'), [
      '2026-10-25T00:00',
      '2026-10-25T02:00',
    ]);
    const over = { ...berlin, days: 'sat', from: '22:00', to: '06:00' };
    assert.deepEqual(times(over, '2026-10-24T12:00Z', '2026-10-25T12:00Z'), [
      '2026-10-24T20:00',
      '2026-10-25T05:00',
    ]);
  });

  it('refuses what is no time, and names the field', () => {
    const once = { from: '2026-11-25 22:00', to: '2026-11-26 02:00' };
    const wrong: [object, RegExp][] = [
      [
        { ...once, to: '2026-11-25 21:00' },
        /maintenance\[0\]\.to: expected a time after the begin/,
      ],
      [{ ...once, from: '2026-02-30 22:00' }, /maintenance\[0\]\.from: expected a time such as/],
      [{ ...once, timeZone: 'Mars/Base' }, /maintenance\[0\]\.timeZone: expected a time zone/],
      [{ ...once, days: 'someday' }, /maintenance\[0\]\.days: expected days such as/],
      [{ ...once, days: 'mon' }, /maintenance\[0\]\.from: expected a time of day/],
      [{ from: '25:00', to: '03:00', days: 'mon' }, /\.from: expected a time of day/],
      [{ ...once, matchers: 'device=~"("' }, /\.matchers: expected a regular expression/],
    ];
    for (const [row, message] of wrong) assert.throws(() => times(row, '2026', '2026'), message);
  });
});
