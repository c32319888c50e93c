import type { EditorNodeProperties, EditorRED } from 'node-red';
import { dialogDefaults } from '../shared/editor/dialog-defaults.ts';
import { inPalette } from '../shared/editor/in-palette.ts';
import { translator } from '../shared/editor/translate.ts';
import { withVersions } from '../shared/editor/with-versions.ts';
import { type Group, groups, type HostMetricsSettings, hostSettings } from './config.ts';

declare const RED: EditorRED;

type Properties = EditorNodeProperties & HostMetricsSettings;

const t = translator('netmon-host-metrics');
const input = (name: string) => $(`#node-input-${name}`);

RED.nodes.registerType<Properties>('netmon-host-metrics', {
  ...withVersions<Properties>(hostSettings, {
    category: 'netmon',
    color: '#7fb7a3',
    icon: 'netmon-host-metrics.svg',
    inputs: 1,
    outputs: 1,
    defaults: dialogDefaults(t, hostSettings),
    paletteLabel: () => t('host-metrics.type'),
    onpaletteadd: () => inPalette('netmon-host-metrics', t('host-metrics.found')),
    label() {
      return this.name || this.device || t('host-metrics.type');
    },
    labelStyle() {
      return this.name ? 'node_label_italic' : '';
    },
    oneditprepare() {
      const ticks = $('.netmon-host-groups .netmon-ticks');
      for (const group of groups) {
        const id = `node-input-${group}`;
        const box = $('<input type="checkbox">').attr('id', id).prop('checked', this[group]);
        const label = $('<label>').attr({ for: id, 'data-group': group });
        ticks.append(label.append(box, $('<span>').text(t(`host-metrics.label.${group}`))));
      }
      // What the chosen output does not use is not asked for.
      const adapt = () => {
        const output = input('output').val();
        const on = (group: Group) => input(group).is(':checked');
        $('.netmon-host-groups').toggle(output !== 'interfaces');
        ticks.find('[data-group=interfaces]').toggle(output === 'readings');
        const interfaces = output === 'interfaces' || (output === 'readings' && on('interfaces'));
        $('.netmon-host-interfaces').toggle(interfaces);
        $('.netmon-host-processes').toggle(output !== 'interfaces' && on('processes'));
      };
      input('output').on('change', adapt);
      ticks.on('change', adapt);
      adapt();
    },
  }),
});
