import type { EditorNodeProperties, EditorRED } from 'node-red';
import { format } from '../contract/units.ts';
import { adminPath } from '../shared/admin-path.ts';
import { dialogDefaults } from '../shared/editor/dialog-defaults.ts';
import { translator } from '../shared/editor/translate.ts';
import { withVersions } from '../shared/editor/with-versions.ts';
import { checks, type HistoryDatabaseSettings, historySettings } from './config.ts';
import { prepareTransfers } from './editor-transfers.ts';
import type { RemoteCredentials } from './servers.ts';
import type { ForwardStatus, HistoryStatus } from './status.ts';

declare const RED: EditorRED;

type Properties = EditorNodeProperties & HistoryDatabaseSettings;

const t = translator('netmon-history-database');
let closeTransfers = () => {};
const input = (name: string) => $(`#node-config-input-${name}`);

RED.nodes.registerType<Properties, RemoteCredentials>('netmon-history-database', {
  ...withVersions<Properties, RemoteCredentials>(historySettings, {
    category: 'config',
    defaults: dialogDefaults(t, historySettings),
    credentials: { remoteUser: { type: 'text' }, remoteSecret: { type: 'password' } },
    paletteLabel: () => t('history-database.type'),
    label() {
      return (
        this.name ||
        (this.source === 'server' ? this.serverUrl : this.folder) ||
        t('history-database.type')
      );
    },
    oneditprepare() {
      const adapt = () => {
        $('.netmon-history-api').toggle(input('api').is(':checked'));
        const lines = addresses(input('apiPath').val()).map((line) => $('<div>').text(line));
        $('.netmon-history-addresses').empty().append(lines);
        adaptRemote();
      };
      for (const name of ['source', 'api', 'remoteLogin', 'remoteVerify']) {
        input(name).on('change', adapt);
      }
      for (const name of ['apiPath', 'remoteUrl', 'serverUrl']) input(name).on('input', adapt);
      adapt();
      if (this.source === 'server') $('.netmon-history-now').hide();
      else void showStatus(this.id);
      closeTransfers = prepareTransfers(this.id, t);
    },
    oneditsave: () => closeTransfers(),
    oneditcancel: () => closeTransfers(),
  }),
});

function adaptRemote(): void {
  const isServer = input('source').val() === 'server';
  const url = String(input(isServer ? 'serverUrl' : 'remoteUrl').val()).trim();
  const login = input('remoteLogin').val();
  $('.netmon-history-server').toggle(isServer);
  $('.netmon-history-folder').toggle(!isServer);
  $('.netmon-history-labels').toggle(url !== '');
  $('.netmon-history-login').toggle(isServer || url !== '');
  $('.netmon-history-user').toggle(login === 'basic');
  $('.netmon-history-secret').toggle(login !== 'none');
  $('.netmon-history-tls').toggle(/^https:/i.test(url));
  $('.netmon-history-ca').toggle(input('remoteVerify').is(':checked'));
}

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
    for (const line of linesOf((await asked) as HistoryStatus)) {
      result.append($('<div>').text(line));
    }
  } catch {
    const { error } = (asked.responseJSON ?? {}) as { error?: unknown };
    if (typeof error !== 'string') return;
    result.append($('<div class="netmon-trouble">').text(error));
  }
  row.show();
}

function say(key: string, params: Record<string, string>): string {
  return t(`history-database.now.${key}`, params);
}

function forwardLines({ host, behind, since, refused, lost, problem }: ForwardStatus): string[] {
  const lines: string[] = [];
  const date = since === undefined ? '' : new Date(since).toLocaleString();
  if (behind === 0) lines.push(say('forwarded', { host }));
  else if (since === undefined) lines.push(say('behind', { host, count: behind.toLocaleString() }));
  else lines.push(say('behindSince', { host, count: behind.toLocaleString(), date }));
  if (problem !== undefined) lines.push(problem);
  if (refused > 0) lines.push(say('refused', { host, count: refused.toLocaleString() }));
  if (lost > 0) lines.push(say('lost', { host, count: lost.toLocaleString() }));
  return lines;
}

function linesOf(status: HistoryStatus): string[] {
  const { series, readings, size, oldest, perSecond, pending, bytesPerDay, days, forward } = status;
  const lines = [
    say('kept', {
      series: series.toLocaleString(),
      readings: readings.toLocaleString(),
      size: format(size, 'B', navigator.language),
    }),
  ];
  if (oldest !== undefined) lines.push(say('oldest', { date: new Date(oldest).toLocaleString() }));
  if (pending > 0) lines.push(say('pending', { count: pending.toLocaleString() }));
  if (perSecond > 0) {
    lines.push(
      say('rate', {
        rate: format(perSecond, '1', navigator.language),
        size: format(bytesPerDay, 'B', navigator.language),
      }),
    );
  }
  if (days !== undefined) lines.push(say('full', { days: String(Math.floor(days)) }));
  if (forward) lines.push(...forwardLines(forward));
  lines.push(status.folder);
  return lines;
}
