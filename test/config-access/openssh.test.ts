import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Access } from '../../nodes/config-access/access.ts';
import { type AccessSettings, accessSettings } from '../../nodes/config-access/config.ts';
import { dialects } from '../../nodes/shared/configurations/dialects/index.ts';
import { readConfiguration } from '../../nodes/shared/configurations/read-configuration.ts';
import { isProblem } from '../../nodes/shared/problem.ts';
import { atOnce } from '../../nodes/shared/steps.ts';
import { freePort } from '../support/free-port.ts';
import { listening } from '../support/listening.ts';
import { endPrograms, needs, pathOf, start } from '../support/program.ts';
import { readSession } from '../support/session-file.ts';

const shell = fileURLToPath(new URL('../support/session-shell.ts', import.meta.url));
const enablePassword = 'm0re-rights';
const never = new AbortController().signal;

/** what old devices offer, and no more */
const old = [
  'KexAlgorithms diffie-hellman-group1-sha1',
  'Ciphers aes128-cbc,3des-cbc',
  'MACs hmac-sha1',
  'HostKeyAlgorithms ssh-rsa',
  'PubkeyAcceptedAlgorithms ssh-rsa,rsa-sha2-256,ssh-ed25519',
];

describe('a configuration from an OpenSSH server', function () {
  this.timeout(60_000);
  let folder: string;
  let userKey: string;

  before(function () {
    needs(this, 'sshd', 'ssh-keygen');
    if (process.getuid?.() !== 0) this.skip();
    // Where the server goes to before anybody has logged in.
    mkdirSync('/run/sshd', { recursive: true });
    folder = mkdtempSync(join(tmpdir(), 'netmon-sshd-'));
    for (const [name, type] of [
      ['host_ed25519', 'ed25519'],
      ['host_ecdsa', 'ecdsa'],
      ['host_rsa', 'rsa'],
      ['user', 'ed25519'],
    ] as const) {
      const args = ['-q', '-t', type, '-N', '', '-f', join(folder, name)];
      assert.equal(spawnSync('ssh-keygen', args).status, 0);
    }
    userKey = readFileSync(join(folder, 'user'), 'utf8');
  });

  afterEach(endPrograms);
  after(() => folder && rmSync(folder, { recursive: true }));

  /** Starts a server that runs a command for whoever logs in. Its address. */
  async function serve(command: string | undefined, hostKey: string, more: string[] = []) {
    const port = await freePort();
    const config = [
      ...[`ListenAddress 127.0.0.1:${port}`, `HostKey ${join(folder, hostKey)}`],
      ...[`AuthorizedKeysFile ${join(folder, 'user.pub')}`, 'StrictModes no', 'UsePAM no'],
      ...['PermitRootLogin yes', 'PasswordAuthentication no', 'PidFile none'],
      ...(command === undefined ? [] : [`ForceCommand ${command}`]),
      ...more,
    ];
    const file = join(folder, `${port}.conf`);
    writeFileSync(file, `${config.join('\n')}\n`);
    // It wants its whole path, to start itself anew.
    start(pathOf('sshd')!, ['-D', '-f', file]);
    await listening(port);
    return `127.0.0.1:${port}`;
  }

  async function fetched(address: string, settings: Partial<AccessSettings>) {
    const access = new Access(
      { ...accessSettings.defaults, timeout: 30, ...settings },
      { user: 'root', privateKey: userKey, enablePassword },
    );
    return access.fetch({ name: 'core-1', address }, { signal: never });
  }

  const sessionCommand = `${process.execPath} ${shell} ios ${enablePassword}`;

  for (const hostKey of ['host_ed25519', 'host_ecdsa', 'host_rsa']) {
    it(`is read in a shell with a pager and rights to be gained, by the key ${hostKey}`, async () => {
      const address = await serve(sessionCommand, hostKey);
      const { running, saved, hostKey: shown } = await fetched(address, {});
      const ios = dialects.find(({ id }) => id === 'ios')!;
      const read = (raw: string) => atOnce(readConfiguration(ios, raw, 'a key')).text;
      const [recorded, start] = [...readSession('ios').answers.values()] as [string, string];
      assert.equal(read(running), read(recorded));
      assert.equal(read(saved!), read(start));
      const { stdout } = spawnSync('ssh-keygen', ['-l', '-f', join(folder, `${hostKey}.pub`)]);
      assert.equal(shown, stdout.toString().split(' ')[1]);
    });
  }

  it('is read by commands of its own, 2 MB of it', async () => {
    const file = join(folder, 'large');
    writeFileSync(file, 'a line of a configuration\n'.repeat(80_000));
    const address = await serve(undefined, 'host_ed25519');
    const own = { dialect: 'own', ownWay: 'exec', ownCommands: `cat ${file}` } as const;
    const { running } = await fetched(address, own);
    assert.equal(running, readFileSync(file, 'utf8'));
    await assert.rejects(fetched(address, { ...own, ownCommands: 'cat /no/such' }), (error) => {
      assert.ok(isProblem(error));
      assert.match(error.message, /: cat \/no\/such: ended with status 1 \(.*No such file/);
      return true;
    });
  });

  it('is read from an old device only where old ciphers are ticked', async () => {
    const address = await serve(sessionCommand, 'host_rsa', old);
    await assert.rejects(fetched(address, {}), /Old ciphers/);
    assert.match((await fetched(address, { oldCiphers: true })).running, /^hostname /m);
  });
});
