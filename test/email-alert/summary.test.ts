import assert from 'node:assert/strict';
import { composeSummary } from '../../nodes/email-alert/compose-summary.ts';
import { checkSettings, defaults } from '../../nodes/email-alert/config.ts';
import { readSummary, type Summary } from '../../nodes/email-alert/summary.ts';
import type { History } from '../../nodes/shared/history/history.ts';
import { catalogue } from '../support/catalogue.ts';

type Query = Parameters<History['read']>[0];
const hour = 3_600_000;
/** 14 November 2026, 7 o'clock in Berlin */
const to = Date.UTC(2026, 10, 14, 6);
const period = { from: to - 24 * hour, to };
const never = new AbortController().signal;

/** A history of series whose value at a time, or in the whole of a period, is as told. */
function history(all: Record<string, [Record<string, string>, (time: number) => number][]>) {
  const read = async ({ metrics, edges, aggregations }: Query) => {
    const series = metrics.split(', ').flatMap((metric) =>
      (all[metric] ?? []).map(([labels, value]) => {
        const times = edges!.slice(0, -1);
        const column = Float64Array.from(times, value);
        const columns = Object.fromEntries(aggregations!.map((name) => [name, column]));
        return { metric, labels, unit: '%', info: undefined, times, columns };
      }),
    );
    return { series, omitted: 0 };
  };
  return { read } as Pick<History, 'read'>;
}

const settings = checkSettings({
  ...{ ...defaults, from: 'n@example.org', to: 'a@example.org' },
  summaryZone: 'Europe/Berlin',
});
const mail = (summary: Summary, language: 'en-US' | 'de' = 'en-US') =>
  composeSummary(
    settings,
    { messageId: '<1@x>', only: undefined },
    period,
    { summary },
    catalogue(language, 'email-alert'),
  );

describe('readSummary', () => {
  const isBetween = (time: number, from: number, end: number) =>
    time >= period.from + from * hour && time < period.from + end * hour;
  const network = history({
    device_up: [
      [{ device: 'always' }, () => 1],
      [{ device: 'unknown' }, () => Number.NaN],
      [{ device: 'twice' }, (time) => (isBetween(time, 1, 2) || isBetween(time, 5, 6) ? 0 : 1)],
      [{ device: 'kept' }, (time) => (isBetween(time, 3, 4) ? 0 : 1)],
    ],
    device_degraded: [[{ device: 'always' }, (time) => (isBetween(time, 0, 0.5) ? 1 : 0)]],
    maintenance: [[{ device: 'kept' }, (time) => (isBetween(time, 3, 4) ? 1 : 0)]],
    utilization: [
      [{ device: 'a', interface: 'e0' }, () => 10],
      [{ device: 'a', interface: 'e1' }, () => 70],
      [{ device: 'a', interface: 'e2' }, () => Number.NaN],
    ],
  });

  it('tells how available devices were, the worst first, without maintenance', async () => {
    const { devices } = await readSummary(network, period, never);
    assert.deepEqual(
      devices.map(({ labels, ...one }) => ({ device: labels.device, ...one })),
      [
        ...[{ device: 'twice', availability: 91.666, downMs: 2 * hour, outages: 2, degradedMs: 0 }],
        ...[{ device: 'unknown', availability: null, downMs: 0, outages: 0, degradedMs: 0 }],
        ...[{ device: 'always', availability: 100, downMs: 0, outages: 0, degradedMs: hour / 2 }],
        ...[{ device: 'kept', availability: 100, downMs: 0, outages: 0, degradedMs: 0 }],
      ],
    );
  });

  it('tells the busiest lines, where no speed is known by what they carry', async () => {
    const { busiest } = await readSummary(network, period, never);
    assert.deepEqual(
      busiest.map(({ labels, average }) => `${labels.interface} ${average}`),
      ['e1 70', 'e0 10'],
    );
    const rates = history({
      in_rate: [[{ device: 'a' }, () => 5]],
      out_rate: [[{ device: 'a' }, () => 9]],
    });
    const found = (await readSummary(rates, period, never)).busiest;
    assert.deepEqual(
      found.map(({ metric, max }) => `${metric} ${max}`),
      ['out_rate 9', 'in_rate 5'],
    );
  });
});

describe('composeSummary', () => {
  const summary: Summary = {
    period,
    devices: [
      {
        ...{ labels: { device: 'core\r\nBcc: x', check: '<b>' }, availability: 91.666 },
        ...{ downMs: 2 * hour, outages: 2, degradedMs: 0 },
      },
      { labels: { device: 'd2' }, availability: 100, downMs: 0, outages: 0, degradedMs: hour / 2 },
    ],
    omitted: 3,
    busiest: [
      {
        metric: 'utilization',
        labels: { device: 'a', interface: 'e1' },
        unit: '%',
        average: 70,
        max: 99,
      },
    ],
  };

  it('tells all of it in text', () => {
    const { subject, text } = mail(summary);
    assert.equal(subject, 'Network summary: 1 of 2 devices were always up');
    assert.equal(
      // Releases of ICU differ in their blanks.
      text.replace(/[\u2009\u202f]/g, ' '),
      `Network summary
Nov 13, 2026, 7:00 AM – Nov 14, 2026, 7:00 AM

1 of 2 devices were always up

91.666 %  core Bcc: x · <b>, down: 2 h (outages: 2)
100 %  d2, degraded: 30 min
And 3 more.

Busiest lines

a · e1: utilization average 70 %, peak 99 %

-- 
Sent by Netmon. Time zone: Europe/Berlin.
`,
    );
  });

  it('speaks German, and escapes what devices are called', () => {
    const { subject, html } = mail(summary, 'de');
    assert.equal(subject, 'Netzübersicht: 1 von 2 Geräten waren immer erreichbar');
    assert.match(html, /91,666 %/);
    assert.match(html, /core Bcc: x · &lt;b&gt;/);
    assert.doesNotMatch(html, /<b>/);
  });

  it('lists a hundred devices, and says how many there are besides', () => {
    const devices = Array.from({ length: 150 }, () => summary.devices[1]!);
    const { text } = mail({ ...summary, devices });
    assert.equal(text.match(/d2/g)!.length, 100);
    assert.match(text, /^And 53 more\.$/m);
  });

  it('says so where nothing is known, or nothing can be read', () => {
    const none = mail({ ...summary, devices: [], omitted: 0, busiest: [] });
    assert.equal(none.subject, 'Network summary: Nothing is known of any device');
    const unread = composeSummary(
      settings,
      { messageId: '<1@x>', only: 'a@example.org' },
      period,
      { problem: 'gone' },
      catalogue('en-US', 'email-alert'),
    );
    assert.equal(unread.subject, 'Network summary: gone');
    assert.equal(unread.only, 'a@example.org');
  });
});
