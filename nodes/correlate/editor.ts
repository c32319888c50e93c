import type { EditorNodeProperties, EditorRED } from 'node-red';
import { dialogDefaults } from '../shared/editor/dialog-defaults.ts';
import { inPalette } from '../shared/editor/in-palette.ts';
import { translator } from '../shared/editor/translate.ts';
import { withVersions } from '../shared/editor/with-versions.ts';
import { type CorrelateSettings, correlateSettings } from './config.ts';

declare const RED: EditorRED;

const t = translator('netmon-correlate');

RED.nodes.registerType<EditorNodeProperties & CorrelateSettings>('netmon-correlate', {
  ...withVersions<EditorNodeProperties & CorrelateSettings>(correlateSettings, {
    category: 'netmon',
    color: '#b3a4cf',
    icon: 'netmon-correlate.svg',
    inputs: 1,
    outputs: 2,
    defaults: {
      ...dialogDefaults(t, correlateSettings),
      database: { value: '', type: 'netmon-history-database', required: true },
    },
    outputLabels: (index) => t(`correlate.label.${index === 0 ? 'changes' : 'alerts'}`),
    paletteLabel: () => t('correlate.type'),
    onpaletteadd: () => inPalette('netmon-correlate', t('correlate.found')),
    label() {
      return this.name || t('correlate.type');
    },
    labelStyle() {
      return this.name ? 'node_label_italic' : '';
    },
  }),
});
