import type { TrafficMatrix } from '../../../contract/pages.ts';

/** px that all traffic is high, that a name needs, and that are between two of them */
const flowHeight = 240;
const leastHeight = 22;
const space = 4;

/** One end of traffic: where it stands, px from above, and how much of that is traffic. */
export interface SankeyEnd {
  /** empty for all others */
  name: string;
  rate: number;
  /** its place, at least as high as a name needs */
  top: number;
  height: number;
  /** the part of it that ribbons end at */
  from: number;
  thickness: number;
}

/** Traffic from one end to another: where it begins and ends, px from above. */
export interface SankeyRibbon {
  source: number;
  destination: number;
  rate: number;
  left: number;
  right: number;
  thickness: number;
}

export interface SankeyLayout {
  height: number;
  sources: SankeyEnd[];
  destinations: SankeyEnd[];
  ribbons: SankeyRibbon[];
}

/** Where everything of a Sankey diagram of two columns stands. */
export function sankeyLayout({ sources, destinations, cells }: TrafficMatrix): SankeyLayout {
  const sum = cells.reduce((all, { rate }) => all + rate, 0);
  const scale = sum > 0 ? flowHeight / sum : 0;
  const left = endsOf(sources, scale, (place) =>
    cells.reduce((all, { from, rate }) => (from === place ? all + rate : all), 0),
  );
  const right = endsOf(destinations, scale, (place) =>
    cells.reduce((all, { to, rate }) => (to === place ? all + rate : all), 0),
  );
  const height = Math.max(left.height, right.height);
  const lower = (ends: SankeyEnd[], by: number) =>
    ends.map((end) => ({ ...end, top: end.top + by, from: end.from + by }));
  const layout = {
    height,
    sources: lower(left.ends, (height - left.height) / 2),
    destinations: lower(right.ends, (height - right.height) / 2),
  };
  // In the order of the ends, ribbons of one end do not cross each other.
  const inOrder = cells.toSorted((a, b) => a.from - b.from || a.to - b.to);
  const begun = layout.sources.map(({ from }) => from);
  const ended = layout.destinations.map(({ from }) => from);
  const ribbons = inOrder.flatMap(({ from, to, rate }) => {
    const thickness = rate * scale;
    if (begun[from] === undefined || ended[to] === undefined) return [];
    const ribbon = {
      ...{ source: from, destination: to, rate, thickness },
      ...{ left: begun[from], right: ended[to] },
    };
    begun[from] += thickness;
    ended[to] += thickness;
    return [ribbon];
  });
  return { ...layout, ribbons };
}

function endsOf(names: readonly string[], scale: number, rateOf: (place: number) => number) {
  let top = 0;
  const ends = names.map((name, place): SankeyEnd => {
    const rate = rateOf(place);
    const thickness = rate * scale;
    const height = Math.max(leastHeight, thickness);
    const end = { name, rate, top, height, from: top + (height - thickness) / 2, thickness };
    top += height + space;
    return end;
  });
  return { ends, height: Math.max(0, top - space) };
}

/** A ribbon as an SVG path that is 100 wide. */
export function ribbonPath({ left, right, thickness }: SankeyRibbon): string {
  const [a, b] = [left, right].map(round);
  const [c, d] = [left + thickness, right + thickness].map(round);
  return `M0,${a}C50,${a} 50,${b} 100,${b}L100,${d}C50,${d} 50,${c} 0,${c}Z`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
