import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ParsedMail, simpleParser } from 'mailparser';
import type { Node, NodeAPI } from 'node-red';
import helper from 'node-red-node-test-helper';
import { SMTPServer } from 'smtp-server';
import type { AuthContext, ServerChannel } from 'ssh2';
import { alertManagerSettings } from '../../nodes/alert-manager/config.ts';
import alertManager from '../../nodes/alert-manager/runtime.ts';
import { accessSettings } from '../../nodes/config-access/config.ts';
import configAccess from '../../nodes/config-access/runtime.ts';
import { defaults } from '../../nodes/config-watch/config.ts';
import type { Result } from '../../nodes/config-watch/result.ts';
import configWatch from '../../nodes/config-watch/runtime.ts';
import type { Alert } from '../../nodes/contract/alert.ts';
import { defaults as mailDefaults } from '../../nodes/email-alert/config.ts';
import emailAlert from '../../nodes/email-alert/runtime.ts';
import historyDatabase from '../../nodes/history-database/runtime.ts';
import smtpServer from '../../nodes/smtp-server/runtime.ts';
import { catalogue } from '../support/catalogue.ts';
import { type Flow, load, unload } from '../support/flow.ts';
import { readSession } from '../support/session-file.ts';
import { ShellDevice } from '../support/shell-device.ts';
import { endSshDevices, keyPair, startSshDevice } from '../support/ssh-device.ts';

const password = 'l0gin-0f-the-watch';
const enablePassword = 'm0re-rights-0f-it';
const session = readSession('ios');
const [recorded = '', saved = ''] = [...session.answers.values()];

const core = (file: string) =>
  createRequire(import.meta.url)(`@node-red/nodes/core/common/${file}.js`) as (
    RED: NodeAPI,
  ) => void;

describe('a configuration on its way from SSH to a mail', function () {
  this.timeout(60_000);
  let userDir: string;
  let flow: Flow;
  let mails: ParsedMail[];
  let sink: SMTPServer;
  let results: Result[];
  let alerts: Alert[];
  /** all that anybody could see */
  let seen: unknown[];
  /** what the device shows now */
  let running: string;
  let hostKey: string;
  let logins: string[];
  let address: string;

  beforeEach(async () => {
    userDir = mkdtempSync(join(tmpdir(), 'netmon-over-ssh-'));
    [mails, results, alerts, seen, logins] = [[], [], [], [], []];
    running = recorded;
    hostKey = keyPair().private;
    sink = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData(stream, _session, done) {
        simpleParser(stream).then((mail) => {
          mails.push(mail);
          done();
        }, done);
      },
    });
    await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  });

  afterEach(async () => {
    await unload();
    await endSshDevices();
    await new Promise<void>((resolve) => sink.close(resolve));
    rmSync(userDir, { recursive: true });
  });

  // A switch with a pager and rights to be gained, whose answers come in small pieces and with CRLF.
  const device = () => ({
    hostKey,
    login: (context: AuthContext) => {
      if (context.method !== 'password') {
        context.reject(['password']);
        return;
      }
      logins.push(context.password);
      if (context.password === password) context.accept();
      else context.reject(['password']);
    },
    shell: (channel: ServerChannel) => {
      const { prompt, pager } = session.shell!;
      const played = new ShellDevice(
        {
          ...{ banner: 'Only for staff.\n', prompt: prompt.replace('#', '>'), lineEnd: '\r\n' },
          answers: {
            ...{ 'terminal length 0': '', 'terminal width 0': '' },
            ...{ 'show running-config': running, 'show startup-config': saved },
          },
          pager: { lines: 20, text: pager, erase: `\r${' '.repeat(pager.length)}\r` },
          enable: { prompt, question: 'Password: ', password: enablePassword },
        },
        (text) => {
          const bytes = Buffer.from(text);
          for (let i = 0; i < bytes.length; i += 777) channel.write(bytes.subarray(i, i + 777));
        },
      );
      channel.on('data', (keys: Buffer) => played.type(keys.toString()));
      played.begin();
    },
  });

  async function start(login = password): Promise<void> {
    helper.settings({ userDir, credentialSecret: 'of Node-RED' });
    const { port } = sink.server.address() as AddressInfo;
    const z = { z: 'tab' };
    flow = await load(
      [core('25-catch'), register],
      [
        { id: 'tab', type: 'tab' },
        { ...accessSettings.defaults, id: 'access', type: 'netmon-config-access', timeout: 20 },
        { id: 'db', type: 'netmon-history-database' },
        {
          ...{ ...defaults, schedule: 'none', retries: 0, keepSecrets: true, ...z },
          ...{ id: 'watch', type: 'netmon-config-watch', access: 'access', database: 'db' },
          devices: [{ name: 'core-1', address, labels: { site: 'lab' } }],
          wires: [['out'], ['manager', 'alerts']],
        },
        { id: 'out', type: 'helper', ...z },
        { id: 'alerts', type: 'helper', ...z },
        {
          ...{ ...alertManagerSettings.defaults, ...z, groupWait: 0, groupInterval: 1 },
          ...{ id: 'manager', type: 'netmon-alert-manager', receivers: 'mail', groupBy: 'device' },
          wires: [['mail'], [], [], []],
        },
        {
          ...{ ...mailDefaults, ...z, id: 'mail', type: 'netmon-email-alert', server: 'smtp' },
          ...{ from: 'n@example.org', to: 'a@example.org', severity: 'info', wires: [[]] },
        },
        {
          ...{ id: 'smtp', type: 'netmon-smtp-server', host: '127.0.0.1', port },
          security: 'none',
        },
        { id: 'c1', type: 'catch', ...z, scope: null, wires: [['caught']] },
        { id: 'caught', type: 'helper', ...z },
      ],
      { access: { user: 'netmon', password: login, enablePassword } },
    );
    const hear = (id: string, take: (payload: unknown) => void) =>
      flow.node(id).on('input', (message) => {
        seen.push(message);
        take((message as { payload?: unknown }).payload);
      });
    hear('out', (payload) => results.push(payload as Result));
    hear('alerts', (payload) => alerts.push(payload as Alert));
    hear('caught', () => {});
  }

  function register(RED: NodeAPI): void {
    const nodes = ['config-watch', 'config-access', 'history-database', 'alert-manager'];
    const _ = catalogue('en-US', ...nodes, 'email-alert', 'smtp-server');
    const red = Object.assign(Object.create(RED) as NodeAPI, { _ });
    for (const one of [configAccess, historyDatabase, configWatch, alertManager]) one(red);
    for (const one of [smtpServer, emailAlert]) one(red);
  }

  async function fetched(): Promise<Result> {
    await new Promise<unknown>((resolve) => {
      const node = flow.node<Node & { _complete: (message: object, error?: unknown) => void }>(
        'watch',
      );
      node._complete = (_, error) => resolve(error);
      flow.send('watch', {});
    });
    await wait(0);
    return results.at(-1)!;
  }

  async function mailed(count: number): Promise<ParsedMail> {
    while (mails.length < count) await wait(20);
    return mails[count - 1]!;
  }

  function assertNoSecret() {
    const log = JSON.stringify(helper.log().args);
    const told = mails.map(({ text, html, subject }) => [text, html, subject]);
    const files = readdirSync(userDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    const everything = [log, JSON.stringify([seen, told]), ...files].join('\n');
    for (const secret of [password, enablePassword, ...session.secrets]) {
      assert.ok(!everything.includes(secret), `${secret} got out`);
    }
  }

  it('shows what changed, who changed it and what is not saved, and no secret', async () => {
    address = await startSshDevice(device());
    await start();
    const first = await fetched();
    assert.deepEqual([first.error, first.isNew, first.changed], [undefined, true, false]);
    assert.match(first.hostKey!, /^SHA256:/);

    // What a device changes by itself is none.
    for (const [from, to] of session.volatile) running = running.replace(from, to);
    const again = await fetched();
    assert.deepEqual([again.isNew, again.changed], [false, false]);

    running = running.replace('description to lab-access-1', 'description to lab-access-9');
    running = running.replace('invComm1', 'invComm2');
    const changed = await fetched();
    assert.deepEqual([changed.changed, changed.added, changed.removed], [true, 3, 3]);
    assert.match(changed.changedBy!, /mallory/);
    assert.equal(changed.savedDiffers, true);
    const mail = await mailed(1);
    assert.equal(mail.subject, 'Info: core-1');
    assert.match(mail.text!, /^ +\d+ - {2}description to lab-access-1, password is none$/m);
    assert.match(mail.text!, /^ +\d+ \+ {2}description to lab-access-9, password is none$/m);
    assert.match(mail.text!, /snmp-server community <secret \w+> RO 10/);
    await unload();
    session.secrets.push('invComm2');
    assertNoSecret();
    session.secrets.pop();
    await start();
  });

  it('sends nothing to a device with another host key, and says so', async () => {
    address = await startSshDevice(device());
    const port = Number(address.split(':')[1]);
    await start();
    await fetched();
    await endSshDevices();
    hostKey = keyPair().private;
    const before = logins.length;
    const other = await startSshDevice({ ...device(), port });
    assert.equal(other, address);
    const refused = await fetched();
    assert.match(refused.error!, /the host key is SHA256:\S+ instead of SHA256:/);
    assert.equal(logins.length, before);
    assert.deepEqual(
      alerts.map(({ name, severity, state }) => [name, severity, state]),
      [['host_key_changed', 'critical', 'firing']],
    );
    const mail = await mailed(1);
    assert.equal(mail.subject, 'Critical: core-1');
    assertNoSecret();
  });

  it('tries a wrong password once', async () => {
    address = await startSshDevice(device());
    await start('wr0ng-passw0rd');
    const refused = await fetched();
    assert.match(refused.error!, /^core-1 \(127\.0\.0\.1:\d+\): logging in: .*refused$/);
    assert.deepEqual(logins, ['wr0ng-passw0rd']);
    assertNoSecret();
    assert.ok(!JSON.stringify([seen, helper.log().args]).includes('wr0ng-passw0rd'));
  });
});
