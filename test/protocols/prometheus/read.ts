import { ExpositionReader } from '../../../nodes/protocols/prometheus/exposition.ts';
import { Series } from '../../../nodes/protocols/prometheus/series.ts';
import { atOnce } from '../../../nodes/shared/steps.ts';

/** The series of a text without any broken line. */
export function seriesOf(text: string): Series {
  const reader = new ExpositionReader(false, () => true);
  for (const line of text.split('\n')) reader.line(line);
  const { samples, problems } = reader.end();
  if (problems[0]) throw problems[0];
  return atOnce(Series.of(samples));
}
