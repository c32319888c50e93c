import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Access } from '../../nodes/config-access/access.ts';
import {
  type AccessSecrets,
  type AccessSettings,
  accessSettings,
} from '../../nodes/config-access/config.ts';
import { dialects } from '../../nodes/shared/configurations/dialects/index.ts';
import { readConfiguration } from '../../nodes/shared/configurations/read-configuration.ts';
import { isProblem } from '../../nodes/shared/problem.ts';
import { atOnce } from '../../nodes/shared/steps.ts';
import { freePort } from '../support/free-port.ts';
import { listening } from '../support/listening.ts';
import { endPrograms, needs, start } from '../support/program.ts';
import { readSession } from '../support/session-file.ts';

const shell = fileURLToPath(new URL('../support/session-shell.ts', import.meta.url));
const user = 'lab';
const password = 's3cret of the lab';
const enablePassword = 'm0re-rights';
const never = new AbortController().signal;

/** what routers with little memory have instead of OpenSSH, such as those with OpenWrt */
describe('a configuration from a Dropbear server', function () {
  this.timeout(60_000);
  let folder: string;
  let userKey: string;

  before(function () {
    needs(this, 'dropbear', 'dropbearkey', 'ssh-keygen', 'busybox', 'unshare', 'openssl');
    // It takes users from the system only, so it gets a system of its own.
    if (spawnSync('unshare', ['-m', 'true']).status !== 0) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'netmon-dropbear-'));
    const file = (name: string, content: string, mode = 0o600) =>
      writeFileSync(join(folder, name), content, { mode });
    for (const type of ['ed25519', 'ecdsa', 'rsa']) {
      const made = spawnSync('dropbearkey', ['-t', type, '-f', join(folder, type)]);
      assert.equal(made.status, 0, made.stderr.toString());
    }
    const args = ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'user')];
    assert.equal(spawnSync('ssh-keygen', args).status, 0);
    userKey = readFileSync(join(folder, 'user'), 'utf8');
    mkdirSync(join(folder, '.ssh'), { mode: 0o700 });
    file('.ssh/authorized_keys', readFileSync(join(folder, 'user.pub'), 'utf8'));
    const hash = spawnSync('openssl', ['passwd', '-6', '-stdin'], { input: password });
    file('shadow', `${user}:${hash.stdout.toString().trim()}:20000::::::\n`);
    const ash = join(folder, 'ash');
    file('passwd', `${user}:x:0:0::${folder}:${ash}\n`, 0o644);
    file('shells', `${ash}\n`, 0o644);
    file('ash', `#!/bin/sh\nPATH=${folder}/bin:$PATH exec busybox ash "$@"\n`, 0o755);
    mkdirSync(join(folder, 'bin'));
    const [exported = ''] = readSession('openwrt').answers.values();
    // The mark at its end is added by the command.
    file('exported', exported.replace(/^# end of .*\n$/m, ''));
    file('bin/uci', `#!/bin/sh\n[ "$1" = export ] && cat ${folder}/exported\n`, 0o755);
  });

  afterEach(endPrograms);
  after(() => folder && rmSync(folder, { recursive: true }));

  /** Starts a server. Its address. @param command what it runs for whoever logs in */
  async function serve(hostKey: string, command?: string) {
    const port = await freePort();
    const mounts = ['passwd', 'shadow', 'shells'].map(
      (name) => `mount --bind ${name} /etc/${name}`,
    );
    const options = [
      ...['-F', '-E', '-m', '-r', join(folder, hostKey), '-p', `127.0.0.1:${port}`],
      ...['-P', join(folder, `${port}.pid`), ...(command === undefined ? [] : ['-c', command])],
    ];
    const steps = [`cd ${folder}`, ...mounts, 'exec dropbear "$@"'].join(' && ');
    start('unshare', ['-m', 'sh', '-c', steps, 'sh', ...options]);
    await listening(port);
    return `127.0.0.1:${port}`;
  }

  const fetched = (
    address: string,
    settings: Partial<AccessSettings>,
    secrets: AccessSecrets = { privateKey: userKey },
  ) =>
    new Access(
      { ...accessSettings.defaults, timeout: 30, ...settings },
      { user, ...secrets },
    ).fetch({ name: 'router-1', address }, { signal: never });

  for (const hostKey of ['ed25519', 'ecdsa', 'rsa']) {
    it(`is read from OpenWrt by a key, its host key being ${hostKey}`, async () => {
      const address = await serve(hostKey);
      const { running, hostKey: shown } = await fetched(address, { dialect: 'openwrt' });
      const openwrt = dialects.find(({ id }) => id === 'openwrt')!;
      const read = (raw: string) => atOnce(readConfiguration(openwrt, raw, 'a key')).text;
      assert.equal(read(running), read([...readSession('openwrt').answers.values()][0]!));
      const public_ = join(folder, `${hostKey}.pub`);
      const told = spawnSync('dropbearkey', ['-y', '-f', join(folder, hostKey)]).stdout.toString();
      writeFileSync(public_, /^(?:ssh|ecdsa)-.*$/m.exec(told)![0]);
      const { stdout } = spawnSync('ssh-keygen', ['-l', '-f', public_]);
      assert.equal(shown, stdout.toString().split(' ')[1]);
    });
  }

  it('is read by a password, and not by a wrong one', async () => {
    const address = await serve('ed25519');
    const { running } = await fetched(address, { dialect: 'openwrt' }, { password });
    assert.match(running, /^package dhcp$/m);
    await assert.rejects(
      fetched(address, { dialect: 'openwrt' }, { password: `${password}!` }),
      (error) => {
        assert.ok(isProblem(error));
        assert.match(error.message, /router-1.*refused/s);
        assert.ok(!error.message.includes(password));
        return true;
      },
    );
  });

  it('is refused where it is cut off', async () => {
    const address = await serve('ed25519');
    const openwrt = dialects.find(({ id }) => id === 'openwrt')!;
    const [command] = openwrt.running as [string];
    // What a device does whose command ends in the middle.
    const cut = {
      dialect: 'own',
      ownWay: 'exec',
      ownCommands: command.replace(' && ', ' | head -20; false && '),
    } as const;
    const { running } = await fetched(address, cut);
    assert.throws(() => atOnce(readConfiguration(openwrt, running, 'a key')), {
      key: 'configurationCut',
    });
  });

  it('is read in a shell with a pager and rights to be gained', async () => {
    const address = await serve('rsa', `${process.execPath} ${shell} ios ${enablePassword}`);
    const { running, saved } = await fetched(address, {}, { password, enablePassword });
    const ios = dialects.find(({ id }) => id === 'ios')!;
    const read = (raw: string) => atOnce(readConfiguration(ios, raw, 'a key')).text;
    const [recorded, begun] = [...readSession('ios').answers.values()] as [string, string];
    assert.equal(read(running), read(recorded));
    assert.equal(read(saved!), read(begun));
  });

  it('is read in the shell of the router itself', async () => {
    const address = await serve('ed25519');
    const own = { dialect: 'own', ownWay: 'shell', ownCommands: 'uci export' } as const;
    const { running } = await fetched(address, own, { password });
    assert.equal(running.trimEnd(), readFileSync(join(folder, 'exported'), 'utf8').trimEnd());
  });

  it('is read by commands of its own, 2 MB of it, and says what fails', async () => {
    const file = join(folder, 'large');
    writeFileSync(file, 'a line of a configuration\n'.repeat(80_000));
    const address = await serve('ed25519');
    const own = { dialect: 'own', ownWay: 'exec', ownCommands: `cat ${file}` } as const;
    assert.equal((await fetched(address, own)).running, readFileSync(file, 'utf8'));
    await assert.rejects(fetched(address, { ...own, ownCommands: 'uci import' }), (error) => {
      assert.ok(isProblem(error));
      assert.match(error.message, /: uci import: ended with status 1/);
      return true;
    });
  });
});
