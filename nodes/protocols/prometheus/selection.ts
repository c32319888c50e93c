import type { Sample } from '../../contract/snapshot.ts';
import type { SeriesFilter } from '../../shared/match/series-filter.ts';
import { each } from '../../shared/steps.ts';
import type { ExpositionSample } from './exposition.ts';
import { unitOf } from './units.ts';

/**
 * The selected series under their own names; counters as rates. A label `device` becomes
 * `exported_device`, as Prometheus does with labels that it sets itself. Yields every few series.
 */
export function* selected(
  selection: SeriesFilter,
  samples: readonly ExpositionSample[],
): Generator<void, Sample[]> {
  const chosen: Sample[] = [];
  // Many series share a name.
  const byName = new Map<string, ReturnType<SeriesFilter['of']>>();
  yield* each(samples, ({ name, labels, value, counter }) => {
    if (!byName.has(name)) byName.set(name, selection.of(name));
    if (byName.get(name)?.(labels) !== true) return;
    const unit = unitOf(name, counter);
    chosen.push({ metric: name, value, unit, counter, labels: exported(labels) });
  });
  return chosen;
}

function exported(labels: Record<string, string>): Record<string, string> {
  if (labels.device === undefined) return labels;
  const { device, ...others } = labels;
  let name = 'exported_device';
  while (Object.hasOwn(others, name)) name = `exported_${name}`;
  return { ...others, [name]: device };
}
