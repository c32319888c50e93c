import type { EditorNodeProperties, EditorRED } from 'node-red';
import { metrics } from '../contract/metrics.ts';
import { dialogDefaults } from '../shared/editor/dialog-defaults.ts';
import { inPalette } from '../shared/editor/in-palette.ts';
import { translator } from '../shared/editor/translate.ts';
import { withVersions } from '../shared/editor/with-versions.ts';
import { type ChartDataSettings, chartSettings } from './config.ts';
import { unitNames } from './unit-choice.ts';

declare const RED: EditorRED;

const t = translator('netmon-chart-data');
const input = (name: keyof ChartDataSettings) => $(`#node-input-${name}`);

RED.nodes.registerType<EditorNodeProperties & ChartDataSettings>('netmon-chart-data', {
  ...withVersions<EditorNodeProperties & ChartDataSettings>(chartSettings, {
    category: 'netmon',
    color: '#8fb3d9',
    icon: 'netmon-chart-data.svg',
    inputs: 1,
    outputs: 1,
    defaults: {
      ...dialogDefaults(t, chartSettings),
      database: { value: '', type: 'netmon-history-database', required: false },
    },
    paletteLabel: () => t('chart-data.type'),
    onpaletteadd: () => inPalette('netmon-chart-data', t('chart-data.found')),
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
        // Node-RED's own value where none is chosen is `_ADD_`.
        const hasDatabase = !['', '_ADD_'].includes(String(input('database').val() ?? ''));
        $('[data-kinds]').each((_, row) => {
          const fits = String($(row).data('kinds')).split(' ').includes(kind);
          $(row).toggle(fits && (hasDatabase || !$(row).is('[data-database]')));
        });
      };
      input('kind').on('change', showRows);
      input('database').on('change', showRows);
      showRows();
    },
  }),
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
