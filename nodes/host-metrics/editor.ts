import type { EditorNodeProperties, EditorRED } from 'node-red';
import { translator } from '../shared/editor/translate.ts';
import { validator } from '../shared/editor/validate.ts';
import { checks, defaults, type Group, groups, type HostMetricsSettings } from './config.ts';

declare const RED: EditorRED;

type Properties = EditorNodeProperties & HostMetricsSettings;

const t = translator('netmon-host-metrics');
const input = (name: string) => $(`#node-input-${name}`);
const switches = Object.fromEntries(
  groups.map((group) => [group, { value: defaults[group] }]),
) as Record<Group, { value: boolean }>;

RED.nodes.registerType<Properties>('netmon-host-metrics', {
  category: 'netmon',
  color: '#7fb7a3',
  icon: 'netmon-host-metrics.svg',
  inputs: 1,
  outputs: 1,
  defaults: {
    ...switches,
    name: { value: '' },
    device: { value: defaults.device, validate: validator(t, checks.device) },
    interval: { value: defaults.interval, required: true, validate: validator(t, checks.interval) },
    output: { value: defaults.output, validate: validator(t, checks.output) },
    interfaceFilter: {
      value: defaults.interfaceFilter,
      validate: validator(t, checks.interfaceFilter),
    },
    processCount: {
      value: defaults.processCount,
      required: true,
      validate: validator(t, checks.processCount),
    },
  },
  paletteLabel: () => t('host-metrics.type'),
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
});
