/** What a benchmark found: a cost as a ratio to that of a peer, measured in the same run. */
export interface Figure {
  /** what is compared with what */
  name: string;
  ratio: number;
  /** the goal in words */
  goal: string;
  /** whether the goal is met */
  ok: boolean;
  /** the figures behind the ratio, with their units */
  detail: string;
}
