/**
 * What changed in a span of time, against the time before. Times are ms since the Unix epoch. Names and texts are those
 * of devices: whoever shows them sets them as text.
 */

/** `began` and `ended`: it has no values before the span, or none at its end. */
type ChangeKind = 'moved' | 'began' | 'ended';

/** A series that changed. */
export interface Change {
  kind: ChangeKind;
  metric: string;
  labels: Record<string, string>;
  unit: string;
  /** when it left its level, began or ended */
  time: number;
  /** where it moved: its levels, in `unit` */
  before?: number;
  after?: number;
  /** how little the values before and in the span overlap, 0 to 1 (Kolmogorov and Smirnov) */
  distance?: number;
  /** of a level that moved so far, how likely it is chance, adjusted for the number of series */
  probability?: number;
  /**
   * where it was compared with the same time of day on days before too, and stood out there: how many, and the median of
   * its levels then
   */
  days?: number;
  usual?: number;
  /** how it moves with the series in question: -1 to 1; below 0 one rises where the other falls */
  correlation?: number;
  /** s that it was behind that series, or behind the alert; below 0 it was before */
  lag?: number;
  /** other metrics of the same labels that changed too */
  also: string[];
  /** of a device that began or ended as a whole: how many series */
  count?: number;
}

/** What may have to do with an alert. */
export interface Suspect extends Pick<
  Change,
  'kind' | 'metric' | 'labels' | 'unit' | 'before' | 'after' | 'correlation' | 'lag' | 'count'
> {
  /** one readable sentence: "in_rate of Gi1/0/24 rose 4 times, 2 min before" */
  sentence: string;
  /** what its level was multiplied by; missing where it was 0, or there are no levels */
  factor?: number;
}
