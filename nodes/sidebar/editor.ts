import { translator } from '../shared/editor/translate.ts';
import { offerNextSteps } from './editor-next-steps.ts';
import { Panel } from './editor-panel.ts';
import type { Editor } from './editor-red.ts';
import { readWorkspace } from './editor-workspace.ts';

declare const RED: Editor;

const id = 'netmon-sidebar';
const action = 'netmon:show-sidebar';
const translate = translator(id);

RED.plugins.registerPlugin('netmon-sidebar', {
  onadd() {
    const name = translate('sidebar.tab.name');
    RED.actions.add(action, () => RED.sidebar.show(id), {
      label: translate('sidebar.action.show'),
    });
    RED.keyboard.add('*', 'ctrl-g n', action);
    const panel = new Panel(translate);
    // The editor adds an entry to its menu "View".
    RED.sidebar.addTab({
      id,
      label: translate('sidebar.tab.label'),
      name,
      iconClass: 'fa fa-heartbeat',
      action,
      content: panel.element,
      enableOnEdit: true,
    });
    offerNextSteps();
    afterFlows(() => {
      void panel.start();
      // Someone who has just installed it sees what to do first.
      if (!isUsed()) RED.sidebar.show(id);
    });
  },
});

function isUsed(): boolean {
  return readWorkspace().nodes.some(({ type }) => type.startsWith('netmon-'));
}

// A plugin is there before the flows are, but for one that is installed later.
function afterFlows(ready: () => void) {
  const isLoading = document.querySelector('#red-ui-loading-progress')?.checkVisibility();
  if (isLoading) RED.events.on('flows:loaded', () => setTimeout(ready, 0));
  else ready();
}
