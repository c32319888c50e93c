import type { EditorNodeProperties, EditorRED } from 'node-red';
import { translator } from '../shared/editor/translate.ts';
import { validator } from '../shared/editor/validate.ts';
import { metrics } from '../contract/metrics.ts';
import { checks, defaults, type ChartDataSettings } from './config.ts';
import { unitNames } from './unit-choice.ts';

declare const RED: EditorRED;

const t = translator('netmon-chart-data');
const input = (name: keyof ChartDataSettings) => $(`#node-input-${name}`);
const checked = <Name extends keyof typeof checks>(name: Name) => ({
  value: defaults[name],
  validate: validator(t, checks[name]),
});

RED.nodes.registerType<EditorNodeProperties & ChartDataSettings>('netmon-chart-data', {
  category: 'netmon',
  color: '#8fb3d9',
  icon: 'netmon-chart-data.svg',
  inputs: 1,
  outputs: 1,
  defaults: {
    name: { value: defaults.name },
    dashboard: checked('dashboard'),
    kind: checked('kind'),
    metrics: checked('metrics'),
    filter: checked('filter'),
    legend: checked('legend'),
    unit: checked('unit'),
    combine: checked('combine'),
    order: checked('order'),
    rows: checked('rows'),
    limit: checked('limit'),
    window: checked('window'),
    points: checked('points'),
    staleAfter: checked('staleAfter'),
    interval: checked('interval'),
  },
  paletteLabel: () => t('chart-data.type'),
  label() {
    return this.name || (this.kind === 'alerts' ? t('chart-data.kind.alerts') : this.metrics);
  },
  labelStyle() {
    return this.name ? 'node_label_italic' : '';
  },
  oneditprepare() {
    for (const unit of unitNames) $('<option>').val(unit).text(unit).appendTo(input('unit'));
    input('unit').val(this.unit);
    suggestMetrics();
    const showRows = () => {
      const kind = String(input('kind').val());
      $('[data-kinds]').each((_, row) => {
        $(row).toggle(String($(row).data('kinds')).split(' ').includes(kind));
      });
    };
    input('kind').on('change', showRows);
    showRows();
  },
});

// Offers Netmon's own metrics for the name that is being typed, the last of the list.
function suggestMetrics() {
  const field = input('metrics') as unknown as { autoComplete(options: object): void };
  field.autoComplete({
    minLength: 0,
    search(text: string) {
      const before = text.replace(/[^,]*$/, '');
      const typed = text.slice(before.length).trim();
      return Object.keys(metrics)
        .filter((metric) => metric.includes(typed))
        .map((metric) => ({
          value: `${before}${before && ' '}${metric}`.replace(/ +/g, ' '),
          label: metric,
        }));
    },
  });
}
