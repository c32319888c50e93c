import type { EditorNodeProperties, EditorRED } from 'node-red';
import { dialogDefaults } from '../shared/editor/dialog-defaults.ts';
import { inPalette } from '../shared/editor/in-palette.ts';
import { translator } from '../shared/editor/translate.ts';
import { withVersions } from '../shared/editor/with-versions.ts';
import { type DashboardSettings, dashboardSettings } from './config.ts';

declare const RED: EditorRED;

const t = translator('netmon-dashboard-data');
const input = (name: keyof DashboardSettings) => $(`#node-input-${name}`);

RED.nodes.registerType<EditorNodeProperties & DashboardSettings>('netmon-dashboard-data', {
  ...withVersions<EditorNodeProperties & DashboardSettings>(dashboardSettings, {
    category: 'netmon',
    color: '#8fb3d9',
    icon: 'netmon-dashboard-data.svg',
    inputs: 1,
    outputs: 1,
    defaults: {
      ...dialogDefaults(t, dashboardSettings),
      database: { value: '', type: 'netmon-history-database', required: false },
    },
    paletteLabel: () => t('dashboard-data.type'),
    onpaletteadd: () => inPalette('netmon-dashboard-data', t('dashboard-data.found')),
    label() {
      return this.name || t('dashboard-data.type');
    },
    labelStyle() {
      return this.name ? 'node_label_italic' : '';
    },
    oneditprepare() {
      const adapt = () => {
        $('.netmon-dashboard-status').toggle(input('statusPage').is(':checked'));
        $('.netmon-dashboard-address').text(address(input('statusPath').val()));
      };
      input('statusPage').on('change', adapt);
      input('statusPath').on('input', adapt);
      adapt();
    },
  }),
});

function address(statusPath: unknown): string {
  try {
    const root = (RED.settings as unknown as { httpNodeRoot?: string }).httpNodeRoot ?? '/';
    return `${root.replace(/\/$/, '')}${dashboardSettings.checks.statusPath(statusPath)}`;
  } catch {
    return '';
  }
}
