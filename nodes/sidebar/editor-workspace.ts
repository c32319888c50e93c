import type { CanvasNode, Editor, HistoryEvent } from './editor-red.ts';
import type { Made, Workspace } from './maker/flow.ts';

declare const RED: Editor;

/** What is on the canvas now, deployed or not. */
export function readWorkspace(): Workspace {
  return { nodes: RED.nodes.createCompleteNodeSet({ credentials: true }), defaults };
}

function defaults(type: string): Record<string, unknown> | undefined {
  const definition = RED.nodes.getType(type) as
    { defaults: Record<string, { value?: unknown }> } | undefined;
  if (!definition) return undefined;
  const values = Object.entries(definition.defaults).map(([name, { value }]) => [name, value]);
  return JSON.parse(JSON.stringify(Object.fromEntries(values))) as Record<string, unknown>;
}

/** Puts what was made onto the canvas, as one step that can be undone. Returns whether all went well. */
export function apply(made: Made): boolean {
  const isNewTab = made.nodes.some(({ id }) => id === made.tab);
  const wasDirty = RED.nodes.dirty();
  // The editor puts nodes for a tab that is there on the one that is open.
  if (!isNewTab) RED.workspaces.show(made.tab);

  let ids: Record<string, { id: string }> = {};
  let imported: HistoryEvent | undefined;
  if (made.nodes.length > 0) {
    const result = RED.view.importNodes(made.nodes, {
      generateIds: true,
      touchImport: true,
      notify: false,
    });
    if (!result) return false;
    ids = result.nodeMap;
    imported = RED.history.peek();
  }
  const nodeOf = (id: string) => RED.nodes.node(ids[id]?.id ?? id) as CanvasNode;

  const events: HistoryEvent[] = made.changes.map(({ id, set }) => change(nodeOf(id), set));
  const links = made.links.map(({ from, port, to }) => {
    const link = { source: nodeOf(from), sourcePort: port, target: nodeOf(to) };
    RED.nodes.addLink(link);
    return link;
  });
  if (links.length > 0) events.push({ t: 'add', links, dirty: wasDirty });
  for (const { group, node } of made.grouped) {
    RED.group.addToGroup(RED.nodes.group(group), nodeOf(node));
  }

  asOneStep(imported, events, wasDirty);
  if (made.nodes.length > 0 || events.length > 0) RED.nodes.dirty(true);
  RED.view.redraw(true);
  if (isNewTab) RED.workspaces.show(nodeOf(made.focus).z);
  else RED.view.reveal(nodeOf(made.focus).id);
  return true;
}

function change(node: CanvasNode, set: Record<string, unknown>): HistoryEvent {
  const event = {
    t: 'edit',
    node,
    changes: Object.fromEntries(Object.keys(set).map((name) => [name, node[name]])),
    changed: node.changed,
    dirty: RED.nodes.dirty(),
  };
  Object.assign(node, set, { changed: true, dirty: true });
  RED.editor.validateNode(node);
  RED.events.emit('nodes:change', node);
  return event;
}

// The import has pushed a step of its own, which becomes a part of the whole.
function asOneStep(imported: HistoryEvent | undefined, events: HistoryEvent[], dirty: boolean) {
  if (events.length === 0) return;
  if (!imported) {
    RED.history.push({ t: 'multi', events, dirty });
    return;
  }
  const first = { ...imported };
  for (const key of Object.keys(imported)) Reflect.deleteProperty(imported, key);
  Object.assign(imported, { t: 'multi', events: [first, ...events], dirty });
}
