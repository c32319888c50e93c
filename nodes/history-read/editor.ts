import type { EditorNodeProperties, EditorRED } from 'node-red';
import { dialogDefaults } from '../shared/editor/dialog-defaults.ts';
import { inPalette } from '../shared/editor/in-palette.ts';
import { translator } from '../shared/editor/translate.ts';
import { tryOut } from '../shared/editor/try-out.ts';
import { withVersions } from '../shared/editor/with-versions.ts';
import { type HistoryRequest, requestDefaults } from '../shared/history/request.ts';
import { type HistoryReadSettings, type Output, readSettings } from './config.ts';
import { drawPreview } from './editor-preview.ts';
import type { Preview, PreviewRequest } from './preview.ts';

declare const RED: EditorRED;

const t = translator('netmon-history-read');
const typed = (name: string) => String($(`#node-input-${name}`).val());

RED.nodes.registerType<EditorNodeProperties & HistoryReadSettings>('netmon-history-read', {
  ...withVersions<EditorNodeProperties & HistoryReadSettings>(readSettings, {
    category: 'netmon',
    color: '#b3a4cf',
    icon: 'netmon-history-read.svg',
    inputs: 1,
    outputs: 1,
    defaults: {
      ...dialogDefaults(t, readSettings),
      database: { value: '', type: 'netmon-history-database', required: true },
    },
    paletteLabel: () => t('history-read.type'),
    onpaletteadd: () => inPalette('netmon-history-read', t('history-read.found')),
    label() {
      return this.name || t('history-read.type');
    },
    labelStyle() {
      return this.name ? 'node_label_italic' : '';
    },
    oneditprepare() {
      // Availability looks at fixed spans of one metric.
      const adapt = () => $('.netmon-history-span').toggle(typed('output') !== 'availability');
      $('#node-input-output').on('change', adapt);
      adapt();
      tryOut<Preview>($('#netmon-history-preview'), $('#netmon-history-preview-result'), {
        route: 'history-read/preview',
        body: (): PreviewRequest => ({
          database: typed('database'),
          output: typed('output') as Output,
          request: typedRequest(),
        }),
        show: (result, preview) => drawPreview(result, preview, t),
        translate: t,
      });
    },
  }),
});

function typedRequest(): HistoryRequest {
  const names = Object.keys(requestDefaults);
  return Object.fromEntries(names.map((name) => [name, typed(name)])) as unknown as HistoryRequest;
}
