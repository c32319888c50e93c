import type { PortLine } from '../../contract/pages.ts';

/** Ports beside each other whose names begin alike, and what each one's cell says. */
export interface PortGroup {
  /** what all names begin with; empty where each cell has its whole name */
  prefix: string;
  ports: { port: PortLine; label: string }[];
}

/** a group of fewer is no row of a switch */
const leastInRow = 3;

/**
 * The physical ports in the device's order, in rows as they are on the device: Gi1/0/1 to Gi1/0/48, then Te1/0/1 to
 * Te1/0/4. Ports that are in no row (wan, lan1, eth0) have cells with their names.
 */
export function portGroups(ports: readonly PortLine[]): PortGroup[] {
  const physical = ports.filter(({ isVirtual }) => !isVirtual).sort((a, b) => a.index - b.index);
  const groups: PortGroup[] = [];
  for (const port of physical) {
    const [, prefix = port.name, label = ''] = /^(.*?)(\d+)$/.exec(port.name) ?? [];
    const last = groups.at(-1);
    if (last && label !== '' && last.prefix === prefix) last.ports.push({ port, label });
    else groups.push({ prefix, ports: [{ port, label }] });
  }
  const inRows = groups.reduce(
    (sum, group) => sum + (group.ports.length >= leastInRow ? group.ports.length : 0),
    0,
  );
  if (inRows * 2 >= physical.length && groups.length <= 12) return groups;
  return [{ prefix: '', ports: physical.map((port) => ({ port, label: port.name })) }];
}
