import type { EditorNodeProperties, EditorRED } from 'node-red';
import { ask } from '../shared/editor/ask.ts';
import { deviceName, offerPasting } from '../shared/editor/device-table.ts';
import { dialogDefaults } from '../shared/editor/dialog-defaults.ts';
import { inPalette } from '../shared/editor/in-palette.ts';
import type { Table } from '../shared/editor/table.ts';
import { translator } from '../shared/editor/translate.ts';
import { tryOut } from '../shared/editor/try-out.ts';
import { withVersions } from '../shared/editor/with-versions.ts';
import { Problem } from '../shared/problem.ts';
import { type WatchConfig, watchSettings } from './config.ts';
import { makeTables, storedDevice, type Tables } from './editor-tables.ts';
import { answerWords, type FetchAnswer } from './fetch-now.ts';

declare const RED: EditorRED;

type Properties = EditorNodeProperties & WatchConfig;

const t = translator('netmon-config-watch');
let tables: Tables | undefined;

RED.nodes.registerType<Properties>('netmon-config-watch', {
  ...withVersions<Properties>(watchSettings, {
    category: 'netmon',
    color: '#8fb3d9',
    icon: 'netmon-config-watch.svg',
    inputs: 1,
    outputs: 2,
    defaults: {
      ...dialogDefaults(t, watchSettings),
      access: { value: '', type: 'netmon-config-access', required: true },
      database: { value: '', type: 'netmon-history-database', required: true },
    },
    outputLabels: (index) => t(`config-watch.label.${index === 0 ? 'results' : 'alerts'}`),
    paletteLabel: () => t('config-watch.type'),
    onpaletteadd: () => inPalette('netmon-config-watch', t('config-watch.found')),
    label() {
      const [first, ...more] = this.devices;
      return (
        this.name || (more.length === 0 && first && deviceName(first)) || t('config-watch.type')
      );
    },
    labelStyle() {
      return this.name ? 'node_label_italic' : '';
    },
    oneditprepare() {
      tables = makeTables(this, t);
      offerPasting(tables.devices, '#netmon-watch', t);
      showTimes();
      fetchNow(this.id, tables.devices);
    },
    oneditsave() {
      Object.assign(this, {
        devices: tables?.devices.rows().map(storedDevice),
        maintenance: tables?.maintenance.rows(),
        rules: tables?.rules.rows(),
      });
    },
  }),
});

// Only the rows of the schedule that is chosen.
function showTimes() {
  const schedule = $('#node-input-schedule');
  const adapt = () => {
    const chosen = String(schedule.val());
    $('[data-netmon-daily]').toggle(chosen === 'daily');
    $('[data-netmon-interval]').toggle(chosen === 'interval');
  };
  schedule.on('change', adapt);
  adapt();
}

// It asks with what is deployed, so devices that were learned since are offered too.
function fetchNow(id: string, devices: Table) {
  const choice = $('#netmon-watch-device');
  let learned: string[] = [];
  const fill = () => {
    const chosen = choice.val();
    const typed = devices.rows().flatMap((row) => deviceName(row) ?? []);
    const names = [...new Set([...typed, ...learned])];
    choice.empty().append(names.map((name) => $('<option>').val(name).text(name)));
    if (names.includes(String(chosen))) choice.val(chosen!);
  };
  // One that is not deployed yet has learned nothing; the button says so.
  void ask<string[]>('config-watch/devices', { id }, t).then(
    (names) => {
      learned = names;
      fill();
    },
    () => {},
  );
  choice.on('focus', fill);
  $('#netmon-watch-devices').on('change', fill);
  fill();
  tryOut<FetchAnswer>($('#netmon-watch-fetch'), $('#netmon-watch-result'), {
    route: 'config-watch/fetch',
    translate: t,
    body() {
      if (choice.val() === null) fill();
      const device = choice.val();
      if (!device) throw new Problem('noDevices');
      return { id, device };
    },
    show(result, answer) {
      const language = document.documentElement.lang || navigator.language;
      $('<div>')
        .text(answerWords(answer, t, language))
        .appendTo(result);
      if (answer.diff !== '') {
        $('<pre style="max-height: 240px; overflow: auto; white-space: pre-wrap">')
          .text(answer.diff)
          .appendTo(result);
      }
    },
  });
}
