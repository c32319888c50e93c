import type { EditorNodeProperties, EditorRED } from 'node-red';
import { dialogDefaults } from '../shared/editor/dialog-defaults.ts';
import { inPalette } from '../shared/editor/in-palette.ts';
import { translator } from '../shared/editor/translate.ts';
import { withVersions } from '../shared/editor/with-versions.ts';
import { type AlertManagerSettings, alertManagerSettings, fixedOutputs } from './config.ts';
import { makeTables, type Tables } from './editor-tables.ts';
import { outputMap } from './outputs.ts';
import { checkReceivers } from './route.ts';

declare const RED: EditorRED;

type Properties = EditorNodeProperties & AlertManagerSettings;

const t = translator('netmon-alert-manager');
const word = (key: string) => t(`alert-manager.${key}`);
let tables: Tables | undefined;

RED.nodes.registerType<Properties>('netmon-alert-manager', {
  ...withVersions<Properties>(alertManagerSettings, {
    category: 'netmon',
    color: '#e2a76f',
    icon: 'netmon-alert-manager.svg',
    inputs: 1,
    outputs: 1 + fixedOutputs,
    defaults: dialogDefaults(t, alertManagerSettings),
    outputLabels(index) {
      const receivers = receiversIn(this.receivers);
      if (index === 0) return receivers[0] ?? '';
      const fixed = [word('label.list'), word('label.history'), word('label.heartbeat')];
      return fixed[index - 1] ?? receivers[index - fixedOutputs] ?? '';
    },
    paletteLabel: () => word('type'),
    onpaletteadd: () => inPalette('netmon-alert-manager', word('found')),
    label() {
      return this.name || word('type');
    },
    labelStyle() {
      return this.name ? 'node_label_italic' : '';
    },
    oneditprepare() {
      $('#node-input-receivers').val(receiversIn(this.receivers).join(', '));
      tables = makeTables(this, () => receiversIn($('#node-input-receivers').val()), t);
      // What a route may lead to is another thing now.
      $('#node-input-receivers').on('change', () => {
        if (tables) tables.routes.replace(tables.routes.rows());
      });
    },
    oneditsave() {
      const now = receiversIn($('#node-input-receivers').val());
      const map = outputMap(receiversIn(this.receivers), now);
      $('#node-input-outputs').val(JSON.stringify(map));
      Object.assign(this, {
        routes: tables?.routes.rows(),
        inhibitions: tables?.inhibitions.rows(),
        parents: tables?.parents.rows(),
        maintenance: tables?.maintenance.rows(),
      });
    },
  }),
});

// As typed; none where they are wrong.
function receiversIn(value: unknown): string[] {
  try {
    return checkReceivers('receivers', value);
  } catch {
    return [];
  }
}
