/** What a simulated series is made of. Lengths are in hours, sizes in its own unit. */
export interface Simulation {
  /** a day */
  slope: number;
  noise: number;
  /** how much of an hour's noise stays for the next: 0 to below 1 */
  memory?: number;
  /** of a rhythm by the hour of the day */
  daily?: number;
  /** how much lower weekends are */
  weekend?: number;
  /** that grows over each day and falls at its end */
  sawTooth?: number;
  /** what is added to the last day, or to one in the middle */
  badDay?: { at: 'end' | 'middle'; size: number };
  /** where the level changes, as a share of the series, and by how much */
  steps?: { at: number; size: number }[];
  /** share of the hours that are missing, and a tenth of the series in one piece */
  gaps?: number;
}

/** Numbers of a seed from 0 to below 1, always the same ones (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Normally distributed numbers (Box and Muller 1958). */
export function normalOf(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/**
 * Hourly values whose line is at 60 at their end, and the hour of the week of each. Nothing but the line and the last
 * level goes on.
 */
export function simulated(simulation: Simulation, length: number, seed: number) {
  const random = randomOf(seed);
  const normal = normalOf(random);
  const { slope, noise, memory = 0, daily = 0, weekend = 0, sawTooth = 0 } = simulation;
  const { badDay, steps = [], gaps } = simulation;
  const values = new Float64Array(length);
  const hours = new Uint8Array(length);
  const first = Math.floor(random() * 168);
  const bad = badDay && (badDay.at === 'end' ? length - 24 : Math.floor(length / 2));
  let noisy = normal() * noise;
  for (let i = 0; i < length; i++) {
    noisy = memory * noisy + normal() * noise * Math.sqrt(1 - memory ** 2);
    const hour = (first + i) % 168;
    hours[i] = hour;
    let value = 60 + (slope / 24) * (i + 0.5 - length) + noisy;
    value += daily * Math.sin((2 * Math.PI * hour) / 24);
    value += weekend * (2 / 7 - (hour >= 120 ? 1 : 0));
    value += sawTooth * (((hour % 24) - 11.5) / 24);
    if (bad !== undefined && i >= bad && i < bad + 24) value += badDay!.size;
    for (const { at, size } of steps) if (i < at * length) value -= size;
    const isGap = gaps !== undefined && (random() < gaps || (i > 0.4 * length && i < 0.5 * length));
    values[i] = isGap ? Number.NaN : value;
  }
  return { values, hours };
}
