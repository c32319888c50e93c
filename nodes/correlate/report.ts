import type { Suspect } from '../contract/changes.ts';
import type { Reading } from '../contract/reading.ts';
import { rounded } from '../contract/round.ts';
import {
  changeSentence,
  type ChangeWords,
  eventText,
  factorOf,
  thingOf,
} from '../shared/changes/change-sentence.ts';
import type { FoundChange } from '../shared/history/analyses/found-change.ts';
import type { WhatChanged } from '../shared/history/analyses/what-changed.ts';

/** suspects of an alert: what is more nobody reads in a mail */
const mostSuspects = 3;

/** A change for tables. */
export type ChangeRow = Record<string, string | number | null>;

/** The changes as readings of `series_change`: by how much of the larger level each moved, in %. */
export function changeReadings({ changes }: WhatChanged, words: ChangeWords): Reading[] {
  return changes.map((change) => ({
    ...{ metric: 'series_change', value: rounded(shareOf(change), '%'), unit: '%' },
    ...{ time: change.time, labels: { ...change.labels, metric: change.metric } },
    info: { sentence: changeSentence(change, words) },
  }));
}

/** The changes as rows: null where something is not known. */
export function changeRows({ changes }: WhatChanged, words: ChangeWords): ChangeRow[] {
  return changes.map((change) => {
    const { kind, time, metric, unit, labels, before, after, lag, correlation, distance } = change;
    const { device = '', ...others } = labels;
    return {
      ...{ time, kind, device, name: thingOf(others), metric, unit },
      ...{
        before: level(before, unit),
        after: level(after, unit),
        factor: number(factorOf(change)),
      },
      ...{ lag: lag ?? null, correlation: number(correlation), distance: number(distance) },
      ...{ usual: level(change.usual, unit), days: change.days ?? null },
      ...{ probability: change.probability ?? null, also: change.also.join(', ') },
      sentence: changeSentence(change, words),
    };
  });
}

/** What happened, as rows: the first comes first. */
export function eventRows({ events }: WhatChanged, words: ChangeWords): ChangeRow[] {
  return events.map((event) => {
    const { device = '', ...others } = event.labels;
    const { time, kind } = event;
    return { time, kind, device, name: thingOf(others), text: eventText(event, words) };
  });
}

/** The first changes as suspects of an alert. */
export function suspectsOf({ changes }: WhatChanged, words: ChangeWords): Suspect[] {
  return changes.slice(0, mostSuspects).map((change) => {
    const { kind, metric, labels, unit, before, after, lag, correlation, count } = change;
    const factor = factorOf(change);
    return {
      ...{ sentence: changeSentence(change, words), kind, metric, labels, unit },
      ...(before !== undefined && { before: rounded(before, unit) }),
      ...(after !== undefined && { after: rounded(after, unit) }),
      ...(factor !== undefined && { factor: Number(factor.toPrecision(3)) }),
      ...(lag !== undefined && { lag }),
      ...(correlation !== undefined && { correlation: Number(correlation.toPrecision(3)) }),
      ...(count !== undefined && { count }),
    };
  });
}

// From nothing is 100 %, to nothing -100 %.
function shareOf({ kind, before = 0, after = 0 }: FoundChange): number {
  if (kind !== 'moved') return kind === 'began' ? 100 : -100;
  const larger = Math.max(Math.abs(before), Math.abs(after));
  return larger === 0 ? 0 : (after / larger - before / larger) * 100;
}

function level(value: number | undefined, unit: string): number | null {
  return value === undefined ? null : rounded(value, unit);
}

function number(value: number | undefined): number | null {
  return value === undefined ? null : Number(value.toPrecision(3));
}
