import type { EditorNodeProperties, EditorRED } from 'node-red';
import { dialogDefaults } from '../shared/editor/dialog-defaults.ts';
import { inPalette } from '../shared/editor/in-palette.ts';
import { translator } from '../shared/editor/translate.ts';
import { withVersions } from '../shared/editor/with-versions.ts';
import { type HistoryWriteSettings, writeSettings } from './config.ts';

declare const RED: EditorRED;

const t = translator('netmon-history-write');

RED.nodes.registerType<EditorNodeProperties & HistoryWriteSettings>('netmon-history-write', {
  ...withVersions<EditorNodeProperties & HistoryWriteSettings>(writeSettings, {
    category: 'netmon',
    color: '#b3a4cf',
    icon: 'netmon-history-write.svg',
    align: 'right',
    inputs: 1,
    outputs: 0,
    defaults: {
      ...dialogDefaults(t, writeSettings),
      database: { value: '', type: 'netmon-history-database', required: true },
    },
    paletteLabel: () => t('history-write.type'),
    onpaletteadd: () => inPalette('netmon-history-write', t('history-write.found')),
    label() {
      return this.name || t('history-write.type');
    },
    labelStyle() {
      return this.name ? 'node_label_italic' : '';
    },
  }),
});
