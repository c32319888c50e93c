/** A node that is offered, where it would stand and what it is wired to. */
export interface NextStep {
  id: string;
  type: string;
  x: number;
  y: number;
  wires: string[][];
}

const sources = ['netmon-device-poll', 'netmon-host-metrics'];

/** The nodes that follow a node of a type: for a source of readings a check, and what shows its alerts. */
export function nextSteps(type: string): NextStep[] {
  if (!sources.includes(type)) return [];
  return [
    { id: 'check', type: 'netmon-threshold-check', x: 0, y: 0, wires: [['alerts'], []] },
    { id: 'alerts', type: 'debug', x: 220, y: 0, wires: [] },
  ];
}
