import { atOnce } from '../../../nodes/shared/in-slices.ts';
import { ExpositionReader } from '../../../nodes/device-access/prometheus/exposition.ts';
import { Series } from '../../../nodes/device-access/prometheus/series.ts';

/** The series of a text without any broken line. */
export function seriesOf(text: string): Series {
  const reader = new ExpositionReader(false, () => true);
  for (const line of text.split('\n')) reader.line(line);
  const { samples, problems } = reader.end();
  if (problems[0]) throw problems[0];
  return atOnce(Series.of(samples));
}
