import type { EditorNodeProperties, EditorRED } from 'node-red';
import { dialogDefaults } from '../shared/editor/dialog-defaults.ts';
import { inPalette } from '../shared/editor/in-palette.ts';
import { translator } from '../shared/editor/translate.ts';
import { withVersions } from '../shared/editor/with-versions.ts';
import { type TrendSettings, trendSettings } from './config.ts';

declare const RED: EditorRED;

const t = translator('netmon-trend');

RED.nodes.registerType<EditorNodeProperties & TrendSettings>('netmon-trend', {
  ...withVersions<EditorNodeProperties & TrendSettings>(trendSettings, {
    category: 'netmon',
    color: '#b3a4cf',
    icon: 'netmon-trend.svg',
    inputs: 1,
    outputs: 3,
    outputLabels: (index) => t(`trend.output.${(['readings', 'curves', 'rows'] as const)[index]!}`),
    defaults: {
      ...dialogDefaults(t, trendSettings),
      database: { value: '', type: 'netmon-history-database', required: true },
    },
    paletteLabel: () => t('trend.type'),
    onpaletteadd: () => inPalette('netmon-trend', t('trend.found')),
    label() {
      return this.name || t('trend.type');
    },
    labelStyle() {
      return this.name ? 'node_label_italic' : '';
    },
    oneditprepare() {
      const adapt = () => {
        const what = String($('#node-input-what').val());
        for (const kind of ['limit', 'normal', 'comparison']) {
          $(`.netmon-trend-${kind}`).toggle(what === kind);
        }
        // A comparison has its spans.
        $('.netmon-trend-back').toggle(what !== 'comparison');
      };
      $('#node-input-what').on('change', adapt);
      adapt();
    },
  }),
});
