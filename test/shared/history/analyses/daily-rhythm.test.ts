import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reading } from '../../../../nodes/contract/reading.ts';
import { systemClock } from '../../../../nodes/shared/clock.ts';
import type { WhatChangedRequest } from '../../../../nodes/shared/history/analyses/what-changed.ts';
import { addDays } from '../../../../nodes/shared/history/calendar.ts';
import { History } from '../../../../nodes/shared/history/history.ts';
import { Noise } from '../../series/noise.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A value by the minutes after the span began, and by how many days before today. */
type Course = (at: number, daysAgo: number) => number;

describe('what changed in a busy hour of the day', function () {
  this.timeout(120_000);
  const to = Math.floor(Date.now() / hour) * hour;
  const from = to - hour;
  const request: WhatChangedRequest = {
    ...{ metrics: '*', labels: '', maxSeries: 10_000, most: 10 },
    ...{ from, to, before: from - 4 * hour },
  };
  let folder: string;
  let history: History;
  let noise: Noise;

  beforeEach(() => {
    noise = new Noise(7);
    folder = mkdtempSync(join(tmpdir(), 'netmon-rhythm-'));
    history = new History({
      folder,
      retention: { ages: { raw: 90 * day, '5m': 365 * day, '1h': 1825 * day }, size: 1e9 },
      ...{ commitMs: 10, forwards: [], clock: systemClock },
    });
  });

  afterEach(async () => {
    await history.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The span and eight hours before it, today and on days before. */
  const keep = async (device: string, days: readonly number[], course: Course) => {
    const readings = [...days]
      .sort((a, b) => b - a)
      .flatMap((ago) => {
        const by = to - addDays(to, -ago, '');
        return Array.from({ length: 540 }, (_, i): Reading => {
          const [at, value] = [i - 480, course(i - 480, ago)];
          const time = from + at * minute - by;
          return { metric: 'in_rate', labels: { device }, value, unit: 'bit/s', time };
        });
      });
    await history.write(readings);
  };
  const find = async (more: Partial<WhatChangedRequest> = {}) => {
    const { changes } = await history.analyse('whatChanged', { ...request, ...more });
    return changes.map(({ labels, days, usual, before, after }) => {
      return { device: labels.device, days, usual, before, after };
    });
  };
  /** a day's sine, and a rise within ten minutes when people come to work */
  const sine: Course = (at) =>
    30e6 +
    10e6 * Math.sin((2 * Math.PI * (at + 60)) / 1440) +
    40e6 * Math.min(1, Math.max(0, at / 10));
  const noisy: Course = (at, ago) => sine(at, ago) + 1e6 * noise.normal();

  it('is a rise of the morning without days before', async () => {
    await keep('a', [0], noisy);
    const [found, ...others] = await find();
    assert.deepEqual([found!.device, found!.days, found!.usual], ['a', undefined, undefined]);
    assert.ok(found!.after! > 1.5 * found!.before!);
    assert.deepEqual(others, []);
    // Two days tell no rhythm.
    await keep('b', [0, 1, 2], noisy);
    assert.deepEqual((await find()).map(({ device }) => device).sort(), ['a', 'b']);
  });

  it('is nothing on the fourth day with the same rise, but a step on top of it', async () => {
    await keep('usual', [0, 1, 2, 3], noisy);
    assert.deepEqual(await find(), []);
    const step: Course = (at, ago) => noisy(at, ago) + (ago === 0 && at >= 20 ? 80e6 : 0);
    await keep('more', [0, 1, 2, 3], step);
    const [found, ...others] = await find();
    assert.deepEqual(others, []);
    assert.deepEqual([found!.device, found!.days], ['more', 3]);
    // The sine in the middle of what is a step, without it.
    assert.ok(Math.abs(found!.usual! - sine(40, 0)) < 4e6, String(found!.usual));
    assert.ok(found!.after! > 120e6);
  });

  it('is nothing where days differ as much, and something where they never did', async () => {
    const levels = [1.3, 0.8, 1.1, 0.9, 1.25, 0.7, 1.2, 1];
    const differing: Course = (at, ago) => noisy(at, ago) * levels[ago]!;
    const days = [0, 1, 2, 3, 4, 5, 6, 7];
    await keep('usual', days, differing);
    await keep(
      'four times',
      days,
      (at, ago) => differing(at, ago) * (ago === 0 && at >= 0 ? 4 : 1),
    );
    assert.deepEqual(
      (await find()).map(({ device, days: count }) => [device, count]),
      [['four times', 7]],
    );
  });

  it('compares with the same day of the week where three weeks have it', async () => {
    // On this day of the week alone there is much to do.
    const weekly: Course = (at, ago) => (ago % 7 === 0 && at >= 0 ? 90 : 10) + noise.normal();
    await keep('weekly', [0, 1, 2, 3, 4, 5, 6, 7, 14, 21], weekly);
    assert.deepEqual(await find(), []);
    await keep('new', [0, 1, 2, 3, 4, 5, 6, 7, 14, 21], (at, ago) => {
      return (ago === 0 && at >= 0 ? 90 : 10) + noise.normal();
    });
    assert.deepEqual(
      (await find()).map(({ device, days }) => [device, days]),
      [['new', 3]],
    );
  });

  it('is the jump of a disk that fills day by day', async () => {
    const filling: Course = (at, ago) =>
      5e11 - ago * 1e10 + (at + 480) * 7e6 + 1e8 * noise.normal();
    const days = [0, 1, 2, 3, 4, 5];
    await keep('filling', days, filling);
    await keep('filled', days, (at, ago) => filling(at, ago) + (ago === 0 && at >= 30 ? 2e10 : 0));
    const found = await find();
    assert.deepEqual(
      found.map(({ device }) => device),
      ['filled'],
    );
  });

  it('is only what stands out among very many that rise each morning', async () => {
    const days = [0, 1, 2, 3];
    for (let i = 0; i < 60; i++) {
      const levels = days.map(() => 1 + 0.1 * noise.normal());
      await keep(`usual ${i}`, days, (at, ago) => noisy(at, ago) * levels[ago]!);
    }
    await keep('more', days, (at, ago) => noisy(at, ago) * (ago === 0 && at >= 10 ? 4 : 1));
    const found = await find();
    assert.deepEqual(found.map(({ device }) => device).slice(0, 1), ['more']);
    // 5 % of what is told may be chance.
    assert.ok(found.length <= 2, JSON.stringify(found));
  });

  it('works over spans of a day and more', async () => {
    await keep('usual', [0, 1, 2, 3], noisy);
    for (const length of [6 * hour, day, 3 * day, 30 * day]) {
      await find({ from: to - length, before: to - 5 * length });
    }
  });
});
