import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Alert } from '../../nodes/contract/alert.ts';
import { LoggedProcess } from '../../scripts/logged-process.ts';
import { freePort } from '../support/free-port.ts';
import { Red } from '../support/red.ts';

// Node-RED and the mail server are killed while alerts of many devices come and go: at the end each alert has exactly
// its mails, in order. MAIL_KILL_MINUTES=10 has that go on for ten minutes.
const minutes = Number(process.env.MAIL_KILL_MINUTES ?? 0);
const devices = 50;
const sink = fileURLToPath(new URL('../support/mail-sink.ts', import.meta.url));

interface Kept {
  messageId: string;
  text: string;
}

/** A mail server as a process of its own, on one port and one file for all its lives. */
class Sink {
  readonly #port: number;
  readonly #file: string;
  #running: LoggedProcess | undefined;

  constructor(port: number, file: string) {
    this.#port = port;
    this.#file = file;
  }

  async start(): Promise<void> {
    const args = [sink, String(this.#port), this.#file];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#running = new LoggedProcess('the mail server', child);
    await this.#running.logged(/listening/);
  }

  async kill(): Promise<void> {
    this.#running?.child.kill('SIGKILL');
    await this.#running?.exited;
    this.#running = undefined;
  }

  /** The mails that it took, in order; those that came again under the same Message-ID once. */
  async mails(): Promise<{ mails: Kept[]; again: number }> {
    const lines = (await readFile(this.#file, 'utf8')).trim().split('\n');
    const all = lines.map((line) => JSON.parse(line) as Kept);
    const mails = new Map<string, Kept>();
    for (const mail of all) {
      const before = mails.get(mail.messageId);
      if (before) assert.equal(mail.text, before.text);
      else mails.set(mail.messageId, mail);
    }
    return { mails: [...mails.values()], again: all.length - mails.size };
  }
}

function flows(smtpPort: number): object[] {
  const mail = {
    ...{ id: 'mail', type: 'netmon-email-alert', server: 'server', wires: [[]] },
    ...{ from: 'n@example.org', to: 'a@example.org', severity: 'info', recoveries: true },
    perHour: 0,
    text: '{{#alerts}}\n[{{device}} {{labels.turn}} {{#firing}}firing{{/firing}}{{#resolved}}resolved{{/resolved}}]\n{{/alerts}}',
  };
  return [
    {
      id: 'server',
      type: 'netmon-smtp-server',
      host: '127.0.0.1',
      port: smtpPort,
      security: 'none',
    },
    { id: 'in', type: 'http in', url: '/alerts', method: 'post', x: 1, y: 1, wires: [['mail']] },
    { ...mail, x: 1, y: 1 },
    // A message is done once its mail is sent: whoever sent the alert may forget it then.
    {
      id: 'done',
      type: 'complete',
      scope: ['mail'],
      uncaught: false,
      x: 1,
      y: 1,
      wires: [['out']],
    },
    { id: 'out', type: 'http response', statusCode: '200', x: 1, y: 1, wires: [] },
  ];
}

describe('mails of alerts while Node-RED and the mail server are killed', function () {
  this.timeout(120_000 + minutes * 120_000);
  let red: Red;
  let server: Sink;

  before(async () => {
    red = await Red.start();
    const port = await freePort();
    server = new Sink(port, join(red.userDir, 'mails.jsonl'));
    await server.start();
    await red.deploy(flows(port));
  });

  after(async () => {
    await server.kill();
    await red.stop();
  });

  it('go out once each, in order', async () => {
    const begin = Date.now();
    const address = `${red.url}/alerts`;
    let ended = false;
    const turns = new Array<number>(devices).fill(0);

    /** Sends an alert again until Node-RED says that it is done with it. */
    const tell = async (alert: Alert) => {
      for (;;) {
        const answer = await fetch(address, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(alert),
        }).catch(() => undefined);
        await answer?.arrayBuffer().catch(() => {});
        if (answer?.status === 200) return;
        await pause(100);
      }
    };
    const device = async (number: number) => {
      for (; turns[number]! < 2 || !ended; turns[number]!++) {
        const turn = turns[number]!;
        const alert: Alert = {
          ...{ name: 'r', state: 'firing', severity: 'warning', metric: 'cpu_usage', unit: '%' },
          labels: { device: `d${number}`, turn: String(turn) },
          ...{
            value: 1,
            threshold: 1,
            summary: 's',
            startsAt: begin + turn,
            fingerprint: `${number}`,
          },
        };
        await tell(alert);
        await pause(Math.random() * (minutes > 0 ? 20_000 : 300));
        await tell({ ...alert, state: 'resolved', endsAt: begin + turn + 1 });
        await pause(Math.random() * (minutes > 0 ? 20_000 : 300));
      }
    };
    let kills = 0;
    const killRed = async () => {
      kills++;
      red.process.child.kill('SIGKILL');
      await red.restart();
    };
    const killServer = async (ms: number) => {
      kills++;
      await server.kill();
      await pause(ms);
      await server.start();
    };
    const trouble = async () => {
      await pause(1_500 + Math.random() * 500);
      await killRed();
      await pause(1_500 + Math.random() * 500);
      await killServer(Math.random() * 200);
      while (Date.now() - begin < minutes * 60_000) {
        await pause(Math.random() * 15_000);
        if (Math.random() < 0.5) await killRed();
        else await killServer(Math.random() * 10_000);
      }
      ended = true;
    };
    await Promise.all([trouble(), ...Array.from({ length: devices }, (_, i) => device(i))]);

    const { mails, again } = await server.mails();
    const told = new Map<string, string[]>();
    for (const { text } of mails) {
      for (const [, name, turn, state] of text.matchAll(/\[(\S+) (\d+) (\w+)\]/g)) {
        told.set(name!, [...(told.get(name!) ?? []), `${turn} ${state}`]);
      }
    }
    for (const [number, count] of turns.entries()) {
      const expected = Array.from({ length: count }, (_, i) => [`${i} firing`, `${i} resolved`]);
      assert.deepEqual(told.get(`d${number}`), expected.flat(), `d${number}`);
    }
    // Each time at most the mail that was on its way.
    assert.ok(again <= kills, `${again} mails came again for ${kills} kills`);
    const count = turns.reduce((sum, each) => sum + each, 0);
    console.log(
      `        ${count} alerts of ${devices} devices, ${kills} kills: ${mails.length} mails, ${again} again`,
    );
  });
});
