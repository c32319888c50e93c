import assert from 'node:assert/strict';
import { followSchedule } from '../../nodes/email-alert/runtime-summary.ts';
import {
  lastDue,
  nextDue,
  type SummaryPeriod,
  type SummarySchedule,
} from '../../nodes/email-alert/summary-schedule.ts';
import { FakeClock } from '../support/fake-clock.ts';

const hour = 3_600_000;
const daily: SummarySchedule = {
  ...{ every: 'day', day: 'monday', timeOfDay: 7 * hour, zone: 'Europe/Berlin' },
};
const utc = (text: string) => Date.parse(`${text}Z`);
const shown = ({ from, to }: SummaryPeriod) =>
  [from, to].map((time) => new Date(time).toISOString().slice(0, 16));

describe('the schedule of summaries', () => {
  it('is at a time of day in a time zone', () => {
    assert.deepEqual(shown(lastDue(daily, utc('2026-11-14T06:00'))), [
      '2026-11-13T06:00',
      '2026-11-14T06:00',
    ]);
    assert.deepEqual(shown(lastDue(daily, utc('2026-11-14T05:59'))), [
      '2026-11-12T06:00',
      '2026-11-13T06:00',
    ]);
    assert.equal(nextDue(daily, utc('2026-11-14T06:00')), utc('2026-11-15T06:00'));
    assert.equal(nextDue(daily, utc('2026-11-14T05:59')), utc('2026-11-14T06:00'));
  });

  it('stays at its time of day where clocks are set', () => {
    // Berlin: back on 25 October 2026, forward on 29 March 2026 from 2 to 3 o'clock.
    assert.deepEqual(shown(lastDue(daily, utc('2026-10-25T12:00'))), [
      '2026-10-24T05:00',
      '2026-10-25T06:00',
    ]);
    assert.equal(nextDue(daily, utc('2026-10-24T06:00')), utc('2026-10-25T06:00'));
    const night = { ...daily, timeOfDay: 2.5 * hour };
    assert.equal(nextDue(night, utc('2026-03-28T12:00')), utc('2026-03-29T01:30'));
    assert.equal(nextDue(night, utc('2026-03-29T12:00')), utc('2026-03-30T00:30'));
  });

  it('is on a day of the week', () => {
    const weekly: SummarySchedule = { ...daily, every: 'week', day: 'friday' };
    // 14 November 2026 is a Saturday.
    assert.deepEqual(shown(lastDue(weekly, utc('2026-11-14T12:00'))), [
      '2026-11-06T06:00',
      '2026-11-13T06:00',
    ]);
    assert.equal(nextDue(weekly, utc('2026-11-14T12:00')), utc('2026-11-20T06:00'));
    assert.equal(nextDue(weekly, utc('2026-11-12T12:00')), utc('2026-11-13T06:00'));
  });
});

describe('followSchedule', () => {
  const follow = (clock: FakeClock, summarized: number | undefined) => {
    const told: string[] = [];
    const mailer = {
      summarized,
      summarize(period: SummaryPeriod, isLate: boolean) {
        if (this.summarized !== undefined && this.summarized >= period.to) return;
        this.summarized = period.to;
        told.push(`${shown(period)[1]}${isLate ? ' late' : ''}`);
      },
    };
    return { end: followSchedule(daily, mailer, clock), told };
  };

  it('has one mailed each day, none of before the first start', () => {
    const clock = new FakeClock({ date: utc('2026-11-14T05:00') });
    const { end, told } = follow(clock, undefined);
    clock.advance(49 * hour);
    assert.deepEqual(told, [
      '2026-11-13T06:00 late',
      '2026-11-14T06:00',
      '2026-11-15T06:00',
      '2026-11-16T06:00',
    ]);
    end();
    assert.equal(clock.timers, 0);
  });

  it('mails one that was missed while it is of use', () => {
    const clock = new FakeClock({ date: utc('2026-11-14T09:00') });
    assert.deepEqual(follow(clock, utc('2026-11-13T06:00')).told, ['2026-11-14T06:00']);
    const later = new FakeClock({ date: utc('2026-11-14T19:00') });
    assert.deepEqual(follow(later, utc('2026-11-13T06:00')).told, ['2026-11-14T06:00 late']);
  });

  it('goes by the date where that is set', () => {
    const clock = new FakeClock({ date: utc('2026-11-14T07:00') });
    const { told } = follow(clock, utc('2026-11-14T06:00'));
    clock.setDate(utc('2026-11-15T06:30'));
    clock.advance(hour / 6);
    assert.deepEqual(told, ['2026-11-15T06:00']);
  });
});
