/** What is wired to what: a node of a flow, or of one in the making. */
export interface Wired {
  id: string;
  type: string;
  wires?: string[][];
  /** of a `link out` */
  links?: unknown;
}

/**
 * The nodes that a node's messages come to, over wires and links, the nearest first.
 * @param ends whether a node keeps for itself what it gets
 */
export function reachedFrom<Node extends Wired>(
  nodes: readonly Node[],
  from: string,
  ends: (node: Node) => boolean = () => false,
): Node[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const reached = new Set<string>([from]);
  for (const id of reached) {
    const node = byId.get(id);
    if (!node || ends(node)) continue;
    const links = node.type === 'link out' ? (node.links as string[]) : [];
    for (const next of [...(node.wires ?? []).flat(), ...links]) {
      if (byId.has(next)) reached.add(next);
    }
  }
  reached.delete(from);
  return [...reached].map((id) => byId.get(id)!);
}
