import type { CanvasNode, Editor } from './editor-red.ts';
import { nextSteps } from './next-steps.ts';

declare const RED: Editor;

/** where the editor keeps for each user whether next steps are offered */
const setting = 'netmon-offer-next-steps';

export function areOffered(): boolean {
  return RED.settings.get(setting, true);
}

export function setOffered(isOffered: boolean): void {
  RED.settings.set(setting, isOffered);
}

/** Offers the next nodes as a pale flow whenever a source of readings is dropped from the palette. */
export function offerNextSteps(): void {
  RED.events.on('nodes:add', (node: CanvasNode, origin?: { source?: string; splice?: boolean }) => {
    // Not what is imported, pasted or brought back, nor what was dropped onto a wire.
    if (origin?.source !== 'palette' || origin.splice || !areOffered()) return;
    const nodes = nextSteps(node.type);
    if (nodes.length === 0) return;
    // It has no place yet.
    setTimeout(() => {
      if (!RED.nodes.node(node.id)) return;
      RED.view.setSuggestedFlow({
        nodes,
        source: node,
        sourcePort: 0,
        position: 'relative',
        clickToApply: true,
      });
    }, 0);
  });
}
