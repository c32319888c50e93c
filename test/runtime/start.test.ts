import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FlowNode } from '../../scripts/example-flows.ts';
import { LoggedProcess } from '../../scripts/logged-process.ts';
import { freePort } from '../support/free-port.ts';
import { root } from '../support/red.ts';

describe('npm start', function () {
  this.timeout(120_000);
  let scratch: string;
  let running: LoggedProcess | undefined;

  beforeEach(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'netmon-start-'));
  });

  afterEach(async () => {
    if (running?.running) await end('SIGKILL');
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  });

  function npmStart(port: number): LoggedProcess {
    const child = spawn('npm', ['start'], {
      cwd: root,
      // A group of its own, as a terminal gives it.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PORT: String(port), NETMON_SCRATCH: scratch },
    });
    return new LoggedProcess('npm start', child);
  }

  async function start(port: number): Promise<string> {
    running = npmStart(port);
    await running.logged(/^Ctrl-C ends it/m);
    return running.log;
  }

  // Signals the whole group, as Ctrl-C in a terminal does, or npm alone.
  async function end(signal: NodeJS.Signals, { group = true } = {}) {
    const pid = running!.child.pid!;
    process.kill(group ? -pid : pid, signal);
    await running!.exited;
  }

  async function assertGone(port: number) {
    const url = `http://127.0.0.1:${port}/`;
    const answers = () => fetch(url).then(() => true, () => false); // prettier-ignore
    for (let attempt = 0; await answers(); attempt++) {
      assert.ok(attempt < 100, `something still listens on port ${port}`);
      await pause(100);
    }
  }

  it('serves the editor and both dashboards, and Ctrl-C ends it all', async () => {
    const port = await freePort();
    const output = await start(port);
    assert.match(output, /ready after \d/);
    assert.doesNotMatch(output, /\[error\]|\[warn\]/);
    for (const path of ['/', '/ui/', '/dashboard/', '/api/v1/system/metrics']) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`);
      assert.equal(response.status, 200, path);
    }
    const flows = await fetch(`http://127.0.0.1:${port}/flows`);
    const [first] = (await flows.json()) as FlowNode[];
    assert.equal(first!.label, 'Start here');
    assert.ok((await readdir(join(scratch, 'netmon', 'history'))).length > 0);
    await end('SIGINT');
    await assertGone(port);
  });

  it('mails the demonstration of an alert, and keeps the mails as files', async () => {
    const port = await freePort();
    await start(port);
    const press = async (name: string) => {
      const flows = JSON.parse(await readFile(join(scratch, 'flows.json'), 'utf8')) as FlowNode[];
      const button = flows.find((node) => node.type === 'inject' && node.name === name)!;
      await fetch(`http://127.0.0.1:${port}/inject/${button.id}`, { method: 'POST' });
    };
    await press('CPU at 95 %');
    await running!.logged(/^Mail: Critical: CPU too high/m);
    await press('CPU at 20 %');
    await running!.logged(/^Mail: Resolved: CPU too high/m);
    const mails = await readdir(join(scratch, 'mail'));
    assert.ok(mails.length >= 2 && mails.every((name) => name.endsWith('.eml')));
    await end('SIGINT');
  });

  it('says in a sentence that the port is taken, and ends with npm', async () => {
    const port = await freePort();
    await start(port);
    const second = npmStart(port);
    await second.exited;
    assert.match(second.log, /^Port \d+ on 127\.0\.0\.1 is in use by another program\. .*PORT=/m);
    assert.doesNotMatch(second.log, /^ {4}at /m);
    assert.equal(second.child.exitCode, 1);
    await end('SIGTERM', { group: false });
    await assertGone(port);
  });

  it('keeps the flows of its user, and points them to the ports of now', async () => {
    const port = await freePort();
    await start(port);
    await end('SIGINT');
    const path = join(scratch, 'flows.json');
    const own: FlowNode[] = [
      { id: 'own', type: 'tab', label: `Mine at 127.0.0.1:${port} and 127.0.0.1:${port}0` },
      { id: 'mail', type: 'netmon-smtp-server', host: '127.0.0.1', port: 1 },
      { id: 'real', type: 'netmon-smtp-server', host: 'mail.example', port: 25 },
    ];
    await writeFile(path, JSON.stringify(own));

    const next = await freePort();
    const output = await start(next);
    const inbox = Number(/SMTP on port (\d+)/.exec(output)?.[1]);
    const kept = JSON.parse(await readFile(path, 'utf8')) as FlowNode[];
    assert.deepEqual(kept, [
      { ...own[0], label: `Mine at 127.0.0.1:${next} and 127.0.0.1:${port}0` },
      { ...own[1], port: inbox },
      own[2],
    ]);
    assert.match(output, /Your flows are kept/);
    await end('SIGINT');

    const third = await start(next);
    assert.match(third, /Your flows are kept/);
  });
});
