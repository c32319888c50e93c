import { adminPath } from '../shared/admin-path.ts';
import { ask } from '../shared/editor/ask.ts';
import type { Translate } from '../shared/problem.ts';
import type { AskedExport, TransferStatus } from './transfer-status.ts';

/** bytes of a file that are sent at once: less than any server between takes */
const pieceLength = 256 * 1024;
/** ms between two looks at how far it is */
const interval = 500;

type Kind = 'export' | 'import' | 'backup';

/** The transfer that a row of the dialog is about, while it is under way. */
class Row {
  readonly #kind: Kind;
  readonly #t: Translate;
  readonly #button: JQuery;
  readonly #result: JQuery;
  readonly #cancel: JQuery;
  #transfer: string | undefined;
  #isClosed = false;

  constructor(kind: Kind, t: Translate, run: (row: Row) => Promise<void>) {
    this.#kind = kind;
    this.#t = t;
    this.#button = $(`#netmon-history-${kind}`);
    this.#result = $(`#netmon-history-${kind}-result`);
    this.#cancel = $('<button type="button" class="red-ui-button red-ui-button-small">');
    this.#cancel.text(this.say('cancel')).on('click', () => void this.#askToCancel());
    this.#button.on('click', (event) => {
      event.preventDefault();
      void this.#run(run);
    });
  }

  say(key: string, params: Record<string, string> = {}): string {
    return this.#t(`history-database.transfer.${key}`, params);
  }

  ask<Answer>(action: string, body: object): Promise<Answer> {
    return ask<Answer>(
      `history-database/${action}`,
      { transfer: this.#transfer, ...body },
      this.#t,
    );
  }

  /** Begins, and returns the name by which the runtime knows it. */
  async begin(body: object): Promise<string> {
    const { transfer } = await this.ask<{ transfer: string }>(this.#kind, body);
    this.#transfer = transfer;
    return transfer;
  }

  /** Shows how far it is. @returns whether it goes on */
  show(status: TransferStatus): boolean {
    const isRunning = status.state === 'running';
    const lines = [status.error, ...(status.problems ?? [])].filter((line) => line !== undefined);
    this.#cancel.detach();
    this.#result.empty();
    if (isRunning) {
      this.#result.append($('<progress max="1">').val(status.share ?? 0), ' ', this.#cancel);
    }
    this.#result.append($('<div role="status">').text(this.#summary(status)));
    for (const line of lines) this.#result.append($('<div class="netmon-trouble">').text(line));
    return isRunning && !this.#isClosed;
  }

  /** Shows how far it is until it has ended. */
  async follow(): Promise<void> {
    while (this.show(await this.ask<TransferStatus>('progress', {}))) {
      await new Promise((resolve) => setTimeout(resolve, interval));
    }
  }

  /** Ends what needs the dialog. */
  close(): void {
    this.#isClosed = true;
    if (this.#kind === 'import' && this.#transfer !== undefined) void this.#askToCancel();
  }

  async #askToCancel(): Promise<void> {
    try {
      await this.ask('cancel', {});
    } catch {
      // It has ended by itself.
    }
  }

  async #run(run: (row: Row) => Promise<void>): Promise<void> {
    this.#button.prop('disabled', true);
    this.#result.empty();
    try {
      await run(this);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.#result.empty().append($('<div class="netmon-trouble">').text(text));
    }
    this.#transfer = undefined;
    this.#button.prop('disabled', false);
  }

  #summary({ state, readings = 0, refused = 0, until, line = 0, folder = '' }: TransferStatus) {
    const parts = [
      this.say(`${this.#kind}.${state}`, {
        count: readings.toLocaleString(),
        date: until === undefined ? '' : new Date(until).toLocaleString(),
        ...{ line: line.toLocaleString(), folder },
      }),
    ];
    if (refused > 0) parts.push(this.say('refused', { count: refused.toLocaleString() }));
    return parts.join('; ');
  }
}

/**
 * Makes the dialog export, import and back up the history of a node that is deployed. Returns what is to be called when
 * the dialog closes: an import ends with it.
 */
export function prepareTransfers(id: string, t: Translate): () => void {
  $('#netmon-history-export-from').val('30d');
  $('#netmon-history-export-metrics').val('*');
  const value = (name: string) => String($(`#netmon-history-${name}`).val()).trim();
  const rows = [
    new Row('export', t, async (row) => {
      const asked: AskedExport = {
        ...{ id, from: value('export-from'), to: value('export-to') },
        metrics: value('export-metrics'),
        format: value('export-format') as AskedExport['format'],
      };
      const transfer = await row.begin(asked);
      save(adminPath(`history-database/download/${transfer}`));
      await row.follow();
    }),
    new Row('import', t, async (row) => {
      const file = ($('#netmon-history-import-file')[0] as HTMLInputElement).files?.[0];
      if (!file) throw new Error(row.say('noFile'));
      await row.begin({ id });
      await sendFile(file, row);
    }),
    new Row('backup', t, async (row) => {
      await row.begin({ id, folder: value('backup-folder') });
      await row.follow();
    }),
  ];
  return () => {
    for (const row of rows) row.close();
  };
}

// The browser itself writes it to the disk, as it comes.
function save(url: string): void {
  const link = $('<a download>').attr('href', url).appendTo(document.body);
  link[0]!.click();
  link.remove();
}

// A piece at a time, so that neither side has the file in memory, and any server between lets it pass.
async function sendFile(file: File, row: Row): Promise<void> {
  const decoder = new TextDecoder();
  for (let at = 0; ; at += pieceLength) {
    const isLast = at + pieceLength >= file.size;
    const bytes = await file.slice(at, at + pieceLength).arrayBuffer();
    const text = decoder.decode(bytes, { stream: !isLast });
    const status = await row.ask<TransferStatus>('import-piece', { text, isLast });
    const share = Math.min(1, (at + pieceLength) / file.size);
    if (!row.show({ ...status, share }) || isLast) return;
  }
}
