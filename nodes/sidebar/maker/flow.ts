/** A node, tab or group as Node-RED keeps it in its flow file. */
export interface FlowNode {
  id: string;
  type: string;
  /** the tab that it is on */
  z?: string;
  /** the group that it is in */
  g?: string;
  x?: number;
  y?: number;
  wires?: string[][];
  credentials?: Record<string, string>;
  [setting: string]: unknown;
}

/** What the maker is told of the editor. */
export interface Workspace {
  /** all tabs, groups, nodes and config nodes; credentials only as far as the editor knows them */
  nodes: readonly FlowNode[];
  /** The settings of a new node of a type; undefined where that type is not installed. */
  defaults: (type: string) => Record<string, unknown> | undefined;
}

/** What is to be done in the editor, in one step. */
export interface Made {
  /** new nodes; their ids count among themselves only */
  nodes: FlowNode[];
  /** settings of nodes that are there */
  changes: { id: string; set: Record<string, unknown> }[];
  /** wires of which at least one end is a node that was there */
  links: { from: string; port: number; to: string }[];
  /** new nodes for groups that are there */
  grouped: { group: string; node: string }[];
  /** the tab to show: a new one or one that is there */
  tab: string;
  /** the node to show there */
  focus: string;
}

/** A flow in the making: new nodes with all their settings, beside what is there. */
export class Draft {
  readonly workspace: Workspace;
  readonly nodes: FlowNode[] = [];
  readonly changes: Made['changes'] = [];
  readonly links: Made['links'] = [];
  readonly grouped: Made['grouped'] = [];
  #count = 0;

  constructor(workspace: Workspace) {
    this.workspace = workspace;
  }

  has(type: string): boolean {
    return this.workspace.defaults(type) !== undefined;
  }

  /** Adds a node with the settings that a new one has, but for those given. */
  add(type: string, settings: Record<string, unknown> = {}): FlowNode {
    const node: FlowNode = {
      id: `new-${++this.#count}`,
      type,
      ...structuredClone(this.workspace.defaults(type) ?? {}),
      ...settings,
    };
    this.nodes.push(node);
    return node;
  }

  /** Wires an output of a node to the input of another; either may be there already. */
  wire(from: FlowNode, to: FlowNode, port = 0): void {
    if (!this.nodes.includes(from) || !this.nodes.includes(to)) {
      this.links.push({ from: from.id, port, to: to.id });
      return;
    }
    from.wires ??= [];
    while (from.wires.length <= port) from.wires.push([]);
    from.wires[port]!.push(to.id);
  }

  /** Changes settings of a node that is there; the last change of one wins. */
  change(node: FlowNode, set: Record<string, unknown>): void {
    const known = this.changes.find(({ id }) => id === node.id);
    if (known) Object.assign(known.set, set);
    else this.changes.push({ id: node.id, set });
  }

  /** A setting of a node as it will be. */
  value(node: FlowNode, name: string): unknown {
    const { set } = this.changes.find(({ id }) => id === node.id) ?? {};
    return set && name in set ? set[name] : node[name];
  }

  /** A frame around new nodes of one tab, which it names. */
  group(name: string, nodes: FlowNode[]): void {
    const [first] = nodes;
    if (!first) return;
    const around = frame(nodes);
    const group = this.add('group', {
      z: first.z,
      name,
      // Node-RED cannot draw a group without it.
      style: { label: true },
      nodes: nodes.map(({ id }) => id),
      ...around,
    });
    for (const node of nodes) node.g = group.id;
  }

  made(tab: string, focus: string): Made {
    const { nodes, changes, links, grouped } = this;
    return { nodes, changes, links, grouped, tab, focus };
  }
}

/** half of what a node with a long name takes */
const halfWidth = 95;

/** What lies around nodes, with room for a group's name. */
function frame(nodes: readonly FlowNode[]) {
  const xs = nodes.map(({ x = 0 }) => x);
  const ys = nodes.map(({ y = 0 }) => y);
  const [left, top] = [Math.min(...xs) - halfWidth, Math.min(...ys) - 56];
  return {
    x: left,
    y: top,
    w: Math.max(...xs) + halfWidth - left,
    h: Math.max(...ys) + 35 - top,
  };
}
