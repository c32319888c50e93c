import type { EditorNodeProperties, EditorRED } from 'node-red';
import { format } from '../contract/units.ts';
import { adminPath } from '../shared/admin-path.ts';
import { dialogDefaults } from '../shared/editor/dialog-defaults.ts';
import { registerDialog } from '../shared/editor/register-dialog.ts';
import { translator } from '../shared/editor/translate.ts';
import { checks, type HistoryDatabaseSettings, historySettings } from './config.ts';
import type { HistoryStatus } from './status.ts';

declare const RED: EditorRED;

type Properties = EditorNodeProperties & HistoryDatabaseSettings;

const t = translator('netmon-history-database');
const input = (name: string) => $(`#node-config-input-${name}`);

registerDialog<Properties>('netmon-history-database', historySettings, {
  category: 'config',
  defaults: dialogDefaults(t, historySettings),
  paletteLabel: () => t('history-database.type'),
  label() {
    return this.name || this.folder || t('history-database.type');
  },
  oneditprepare() {
    const adapt = () => {
      $('.netmon-history-api').toggle(input('api').is(':checked'));
      const lines = addresses(input('apiPath').val()).map((line) => $('<div>').text(line));
      $('.netmon-history-addresses').empty().append(lines);
    };
    input('api').on('change', adapt);
    input('apiPath').on('input', adapt);
    adapt();
    void showStatus(this.id);
  },
});

function addresses(apiPath: unknown): string[] {
  try {
    const root = (RED.settings as unknown as { httpNodeRoot?: string }).httpNodeRoot ?? '/';
    const path = `${root.replace(/\/$/, '')}${checks.apiPath(apiPath)}`;
    return ['/api/metrics', '/metrics', '/api/openapi.json'].map((end) => path + end);
  } catch {
    return [];
  }
}

// Nothing is said of what is not deployed yet.
async function showStatus(id: string): Promise<void> {
  const row = $('.netmon-history-now').hide();
  const result = $('.netmon-history-status');
  const asked = $.ajax({
    url: adminPath('history-database/status'),
    method: 'POST',
    contentType: 'application/json',
    data: JSON.stringify({ id }),
  });
  try {
    for (const line of linesOf((await asked) as HistoryStatus))
      result.append($('<div>').text(line));
  } catch {
    const { error } = (asked.responseJSON ?? {}) as { error?: unknown };
    if (typeof error !== 'string') return;
    result.append($('<div class="netmon-trouble">').text(error));
  }
  row.show();
}

function linesOf(status: HistoryStatus): string[] {
  const { series, readings, size, oldest, perSecond, pending, bytesPerDay, days } = status;
  const say = (key: string, params: Record<string, string>) =>
    t(`history-database.now.${key}`, params);
  const lines = [
    say('kept', {
      series: series.toLocaleString(),
      readings: readings.toLocaleString(),
      size: format(size, 'B'),
    }),
  ];
  if (oldest !== undefined) lines.push(say('oldest', { date: new Date(oldest).toLocaleString() }));
  if (pending > 0) lines.push(say('pending', { count: pending.toLocaleString() }));
  if (perSecond > 0)
    lines.push(say('rate', { rate: format(perSecond, '1'), size: format(bytesPerDay, 'B') }));
  if (days !== undefined) lines.push(say('full', { days: String(Math.floor(days)) }));
  lines.push(status.folder);
  return lines;
}
