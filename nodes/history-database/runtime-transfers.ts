import type { ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import type { NodeAPI } from 'node-red';
import { adminPath } from '../shared/admin-path.ts';
import * as check from '../shared/check.ts';
import { systemClock } from '../shared/clock.ts';
import { Export } from '../shared/history/export.ts';
import { Import } from '../shared/history/import.ts';
import { readExport } from '../shared/history/request.ts';
import { errorText, Problem } from '../shared/problem.ts';
import { addAdminRoute } from '../shared/red/admin-route.ts';
import { translator } from '../shared/red/translate.ts';
import { sendText } from '../shared/send-text.ts';
import type { StoredHistory } from './runtime-status.ts';
import { BackupTransfer, ExportTransfer, ImportTransfer, Transfer } from './transfer.ts';
import type { AskedExport } from './transfer-status.ts';
import { Transfers } from './transfers.ts';

/**
 * Adds the routes behind export, import and backup in the dialog. A browser saves a file without holding it in memory
 * only from an address of its own, to which it sends no login: that has the export's name, which only whoever may
 * change the node is told.
 */
export function addTransferRoutes(RED: NodeAPI, stored: StoredHistory): void {
  const transfers = new Transfers(systemClock);
  const add = (transfer: Transfer) => ({ transfer: transfers.add(transfer) });
  const given = (body: unknown) => check.object('settings', body);

  addAdminRoute(RED, 'POST history-database/export', async ({ body }) => {
    const { id, from, to, metrics, format } = given(body) as unknown as AskedExport;
    const history = await stored(id);
    const request = readExport({ from, to, metrics, labels: '', timeZone: '' }, format, Date.now());
    return add(new ExportTransfer(new Export(history, request)));
  });
  addAdminRoute(RED, 'POST history-database/import', async ({ body }) =>
    add(new ImportTransfer(new Import(await stored(given(body).id), Date.now()))),
  );
  addAdminRoute(RED, 'POST history-database/import-piece', async ({ body, translate }) => {
    const { transfer, text, isLast } = given(body);
    const one = transfers.get(transfer, ImportTransfer);
    await one.add(String(text), isLast === true);
    return one.status(translate);
  });
  addAdminRoute(RED, 'POST history-database/backup', async ({ body }) => {
    const folder = resolve(
      RED.settings.userDir ?? '',
      check.text('backupFolder', given(body).folder),
    );
    return add(new BackupTransfer(await stored(given(body).id), folder));
  });
  addAdminRoute(RED, 'POST history-database/progress', ({ body, translate }) => {
    const one = transfers.get(given(body).transfer, Transfer);
    return one.status(translate);
  });
  addAdminRoute(RED, 'POST history-database/cancel', ({ body, translate }) => {
    const one = transfers.get(given(body).transfer, Transfer);
    one.cancel();
    return one.status(translate);
  });
  RED.httpAdmin.get(`/${adminPath('history-database/download')}/:transfer`, (request, response) => {
    let one: ExportTransfer;
    try {
      one = transfers.get(request.params.transfer, ExportTransfer);
      // Its address works once.
      if (!one.isWaiting) throw new Problem('transferGone');
    } catch (error) {
      const text = errorText(error, translator(RED));
      response.status(404).type('text/plain').send(text);
      return;
    }
    void download(one, response);
  });
}

async function download(transfer: ExportTransfer, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const { from, to, format } = transfer.request;
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  response.writeHead(200, {
    'Content-Type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
    'Content-Disposition': `attachment; filename="netmon-${day(from)}-${day(to)}.${format}"`,
    'Cache-Control': 'no-store',
  });
  try {
    await sendText(response, transfer.pieces(), gone.signal);
    response.end();
  } catch {
    // The browser sees that the file is not whole; the dialog tells why.
    response.destroy();
  }
}
