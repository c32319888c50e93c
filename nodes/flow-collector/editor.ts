import type { EditorNodeProperties, EditorRED } from 'node-red';
import { dialogDefaults } from '../shared/editor/dialog-defaults.ts';
import { inPalette } from '../shared/editor/in-palette.ts';
import { translator } from '../shared/editor/translate.ts';
import { withVersions } from '../shared/editor/with-versions.ts';
import { counted, type FlowConfig, flowSettings } from './config.ts';
import { showHeard } from './editor-heard.ts';
import { makeTables, storedRow, type Tables } from './editor-tables.ts';

declare const RED: EditorRED;

type Properties = EditorNodeProperties & FlowConfig;

const t = translator('netmon-flow-collector');
let tables: Tables | undefined;

RED.nodes.registerType<Properties>('netmon-flow-collector', {
  ...withVersions<Properties>(flowSettings, {
    category: 'netmon',
    color: '#7fb7a3',
    icon: 'netmon-flow-collector.svg',
    inputs: 0,
    outputs: 2,
    defaults: dialogDefaults(t, flowSettings),
    outputLabels: (index) => t(`flow-collector.label.${index === 0 ? 'readings' : 'events'}`),
    paletteLabel: () => t('flow-collector.type'),
    onpaletteadd: () => inPalette('netmon-flow-collector', t('flow-collector.found')),
    label() {
      return this.name || t('flow-collector.type');
    },
    labelStyle() {
      return this.name ? 'node_label_italic' : '';
    },
    oneditprepare() {
      const ticks = $('#netmon-flow-counted');
      for (const one of counted) {
        const id = `node-input-${one}`;
        const box = $('<input type="checkbox">').attr('id', id).prop('checked', this[one]);
        const words = $('<span>').text(t(`flow-collector.label.${one}`));
        ticks.append($('<label>').attr('for', id).append(box, words));
      }
      tables = makeTables(this, t);
      showHeard(this.id, tables.exporters, t);
    },
    oneditsave() {
      Object.assign(this, {
        exporters: tables?.exporters.rows().map(storedRow),
        names: tables?.names.rows(),
      });
    },
  }),
});
