import type { EditorNodeInstance, EditorRED } from 'node-red';
import type { FlowNode } from './maker/flow.ts';

/** A node on the canvas. */
export type CanvasNode = EditorNodeInstance & {
  devices?: unknown;
  x: number;
  y: number;
  w?: number;
  z: string;
  dirty?: boolean;
  [setting: string]: unknown;
};

/** A step that can be undone. */
export type HistoryEvent = Record<string, unknown> & { t: string };

/** What the sidebar uses of the editor and its type definitions do not know. */
export type Editor = EditorRED & {
  actions: { add: (name: string, does: () => void, options: { label: string }) => void };
  group: { addToGroup: (group: unknown, node: unknown) => void };
  history: { peek: () => HistoryEvent; push: (event: HistoryEvent) => void };
  keyboard: { add: (scope: string, key: string, action: string) => void };
  nodes: {
    addLink: (link: object) => void;
    createCompleteNodeSet: (options: object) => FlowNode[];
    dirty: { (): boolean; (isDirty: boolean): void };
    group: (id: string) => unknown;
  };
  sidebar: { addTab: (options: object) => void };
  user: { hasPermission: (permission: string) => boolean };
  view: {
    importNodes: (
      nodes: FlowNode[],
      options: object,
    ) => { nodeMap: Record<string, { id: string }> } | undefined;
    reveal: (id: string) => void;
    setSuggestedFlow: (suggestion: object | null) => void;
  };
  workspaces: { show: (id: string) => void };
};
