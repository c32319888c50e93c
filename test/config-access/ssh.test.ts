import assert from 'node:assert/strict';
import type { ServerChannel } from 'ssh2';
import { Access } from '../../nodes/config-access/access.ts';
import {
  type AccessSecrets,
  type AccessSettings,
  accessSettings,
} from '../../nodes/config-access/config.ts';
import { errorText, isProblem } from '../../nodes/shared/problem.ts';
import { ShellDevice, type ShellScript } from '../support/shell-device.ts';
import { endSshDevices, keyPair, type SshDevice, startSshDevice } from '../support/ssh-device.ts';

const never = new AbortController().signal;

const running = 'hostname core-1\n!\ninterface eth1\n description to core-2\nend\n';
const password = 'tops3cret-passw0rd';
const enablePassword = 'en4ble-s3cret';
const passphrase = 'phr4se-s3cret';

const script: ShellScript = {
  banner: 'Only for staff.\n',
  prompt: 'core-1>',
  answers: { 'show running-config': running, 'show startup-config': running },
  enable: { prompt: 'core-1#', question: 'Password: ', password: enablePassword },
  pager: { lines: 2, text: ' --More-- ', erase: '\r          \r', off: 'terminal length 0' },
};

interface Given {
  device?: SshDevice;
  settings?: Partial<AccessSettings>;
  secrets?: AccessSecrets;
  knownHostKey?: string;
  oldCiphers?: boolean;
  signal?: AbortSignal;
}

async function fetched({ device = {}, settings, secrets, signal = never, ...options }: Given) {
  const address = await startSshDevice({ shell: playing(script), ...device });
  return fetchedFrom(address, {
    ...options,
    signal,
    ...(settings && { settings }),
    ...(secrets && { secrets }),
  });
}

async function fetchedFrom(address: string, given: Given) {
  const { settings, secrets, signal = never, knownHostKey, oldCiphers = false } = given;
  const access = new Access(
    { ...accessSettings.defaults, dialect: 'ios', timeout: 10, ...settings },
    { user: 'netmon', password, enablePassword, ...secrets },
  );
  return access.fetch({ name: 'core-1', address, oldCiphers }, { signal, knownHostKey });
}

/** A shell that plays a script, in small pieces. */
function playing(played: ShellScript, size = 7) {
  return (channel: ServerChannel) => {
    const device = new ShellDevice(played, (text) => {
      const bytes = Buffer.from(text);
      for (let i = 0; i < bytes.length; i += size) channel.write(bytes.subarray(i, i + size));
    });
    channel.on('data', (keys: Buffer) => device.type(keys.toString()));
    device.begin();
  };
}

/** The keys of a problem and of its causes, and all that anybody would read of it. */
async function problemOf(fetching: Promise<unknown>): Promise<{ keys: string[]; text: string }> {
  const error = await fetching.then(
    () => assert.fail('it was fetched'),
    (thrown: unknown) => thrown,
  );
  assert.ok(isProblem(error), String(error));
  const keys: string[] = [];
  for (let at: unknown = error; isProblem(at); at = at.cause) keys.push(at.key);
  const told = [error.message, error.stack, errorText(error), JSON.stringify(error.params)];
  return { keys, text: told.join('\n') };
}

describe('a configuration by SSH', () => {
  afterEach(endSshDevices);

  it('is read in a shell, with more rights and without pages', async () => {
    const { hostKey, ...configurations } = await fetched({});
    assert.deepEqual(configurations, { running, saved: running });
    assert.match(hostKey!, /^SHA256:[\w+/]{43}$/);
  });

  it('is read through a pager that cannot be turned off', async () => {
    const pager = { ...script.pager! };
    delete pager.off;
    const shell = playing({ ...script, pager });
    assert.equal((await fetched({ device: { shell } })).running, running);
  });

  it('is read by commands in channels of their own', async () => {
    const asked: string[] = [];
    const { running: text } = await fetched({
      settings: { dialect: 'own', ownWay: 'exec', ownCommands: 'cat /a\ncat /b' },
      device: {
        exec(command, channel) {
          asked.push(command);
          channel.write(`${command}\r\n`);
          channel.exit(0);
          channel.end('last');
        },
      },
    });
    assert.deepEqual(asked, ['cat /a', 'cat /b']);
    assert.equal(text, 'cat /a\nlast\ncat /b\nlast\n');
  });

  it('is read from a device that ends the connection with each command', async () => {
    let count = 0;
    const { running: text } = await fetched({
      settings: { dialect: 'own', ownWay: 'exec', ownCommands: 'cat /a\ncat /b' },
      device: {
        exec(command, channel, connection) {
          count++;
          channel.exit(0);
          channel.end(`${command}\n`);
          channel.on('close', () => connection.end());
        },
      },
    });
    assert.equal(text, 'cat /a\ncat /b\n');
    assert.equal(count, 2);
  });

  describe('by a login', () => {
    it('with questions (keyboard-interactive)', async () => {
      const { running: text } = await fetched({
        device: {
          login(context) {
            if (context.method !== 'keyboard-interactive') {
              context.reject(['keyboard-interactive']);
              return;
            }
            const prompts = [
              { prompt: 'Username: ', echo: true },
              { prompt: 'Password: ', echo: false },
            ];
            context.prompt(prompts, (answers) => {
              if (answers.join() === `netmon,${password}`) context.accept();
              else context.reject();
            });
          },
        },
      });
      assert.equal(text, running);
    });

    for (const [what, phrase] of [
      ['by a key', undefined],
      ['by a key with a passphrase', passphrase],
    ] as const) {
      it(what, async () => {
        const key = keyPair(phrase);
        const { running: text } = await fetched({
          secrets: {
            password: '',
            privateKey: key.private.replaceAll('\n', ''),
            ...(phrase && { passphrase: phrase }),
          },
          device: {
            login(context) {
              const isIt = context.method === 'publickey' && context.key.data.equals(key.public);
              if (isIt) context.accept();
              else context.reject(['publickey']);
            },
          },
        });
        assert.equal(text, running);
      });
    }

    it('without one', async () => {
      const { running: text } = await fetched({
        secrets: { password: '' },
        device: { login: (context) => context.accept() },
      });
      assert.equal(text, running);
    });

    it('that is refused', async () => {
      const device: SshDevice = { login: (context) => context.reject(['password']) };
      const { keys } = await problemOf(fetched({ device }));
      assert.deepEqual(keys, ['device', 'atLogin', 'loginRefused']);
    });

    it('with a key that cannot be used', async () => {
      const { private: locked } = keyPair(passphrase);
      for (const [secrets, key] of [
        [{ privateKey: locked }, 'keyLocked'],
        [{ privateKey: locked, passphrase: 'wr0ng-s3cret' }, 'keyLocked'],
        [{ privateKey: 'no key at all' }, 'keyBad'],
      ] as const) {
        const { keys, text } = await problemOf(fetched({ secrets }));
        assert.deepEqual(keys, ['device', 'atLogin', key]);
        assert.doesNotMatch(text, /s3cret|PRIVATE/);
      }
    });

    it('that wants a new password', async () => {
      const { keys } = await problemOf(
        fetched({
          device: {
            login(context) {
              if (context.method !== 'keyboard-interactive') {
                context.reject(['keyboard-interactive']);
                return;
              }
              context.prompt([{ prompt: 'New password: ', echo: false }], () => context.accept());
            },
          },
        }),
      );
      assert.deepEqual(keys, ['device', 'atLogin', 'newPassword']);
    });
  });

  describe('knows the device by its host key', () => {
    it('and takes the one that it knows', async () => {
      const hostKey = keyPair().private;
      const first = await fetched({ device: { hostKey } });
      const again = await fetched({ device: { hostKey }, knownHostKey: first.hostKey! });
      assert.equal(again.hostKey, first.hostKey);
    });

    it('and sends nothing to another', async () => {
      let logins = 0;
      const { keys, text } = await problemOf(
        fetched({
          knownHostKey: 'SHA256:known',
          device: {
            login(context) {
              logins++;
              context.accept();
            },
          },
        }),
      );
      assert.deepEqual(keys, ['device', 'atConnect', 'hostKeyChanged']);
      assert.match(text, /SHA256:[\w+/]{43} instead of SHA256:known/);
      assert.equal(logins, 0);
    });
  });

  describe('of an old device', () => {
    const algorithms = {
      kex: ['diffie-hellman-group1-sha1'],
      cipher: ['aes128-cbc', '3des-cbc'],
      hmac: ['hmac-sha1'],
    };

    it('needs the old ciphers', async () => {
      const { keys, text } = await problemOf(fetched({ device: { algorithms } }));
      assert.deepEqual(keys, ['device', 'atConnect', 'sshOld']);
      assert.match(text, /Old ciphers/);
    });

    it('is read with them, by a tick for the device or for all', async () => {
      for (const given of [{ oldCiphers: true }, { settings: { oldCiphers: true } }]) {
        assert.equal((await fetched({ device: { algorithms }, ...given })).running, running);
      }
    });
  });

  describe('of a device that does not do its part', () => {
    const all = [password, enablePassword, passphrase, 'config-s3cret'];

    for (const [what, device, expected, settings] of [
      [
        'hangs in its pager',
        {
          shell: playing({
            ...script,
            pager: { lines: 1, text: '<press a key> more', erase: '', off: 'no such' },
          }),
        },
        ['device', 'atCommand', 'unknownQuestion'],
        { timeout: 4 },
      ],
      ['says nothing', { shell: () => {} }, ['device', 'atShell', 'timeout'], { timeout: 3 }],
      [
        'closes in the middle',
        {
          shell: (channel: ServerChannel) => {
            const device = new ShellDevice(script, (text) => {
              channel.write(text);
              if (text.includes('interface')) channel.end();
            });
            channel.on('data', (keys: Buffer) => device.type(keys.toString()));
            device.begin();
          },
        },
        ['device', 'atCommand', 'connectionLost'],
        {},
      ],
      [
        'wants a new password in its shell',
        { shell: playing({ ...script, prompt: 'Password expired.\r\nEnter new password: ' }) },
        ['device', 'atShellLine', 'newPassword'],
        {},
      ],
      [
        'echoes a wrong password',
        {
          shell: playing({
            ...script,
            echoesPasswords: true,
            enable: { ...script.enable!, password: 'another' },
          }),
        },
        ['device', 'atCommand', 'enableRefused'],
        {},
      ],
      [
        'shows the password instead of a prompt',
        { shell: playing({ ...script, prompt: `hello ${password} and` }) },
        ['device', 'atShellLine', 'timeout'],
        { timeout: 3 },
      ],
      [
        'sends 50 MB',
        {
          shell: playing(
            {
              ...script,
              answers: {
                'show running-config': `enable secret 5 config-s3cret\n${'x'.repeat(1e6)}\n`.repeat(
                  50,
                ),
              },
            },
            30_000,
          ),
        },
        ['device', 'atCommand', 'tooLarge'],
        { dialect: 'own', ownWay: 'shell', ownCommands: 'show running-config' },
      ],
      [
        'sends a stream that does not end',
        {
          shell: (channel: ServerChannel) => {
            const more = () => {
              while (channel.writable && channel.write('y\r\n'.repeat(1000)));
            };
            channel.on('drain', more);
            more();
          },
        },
        ['device', 'atShell', 'tooLarge'],
        { maxSize: 2 },
      ],
      [
        'sends binary data',
        {
          shell: playing({
            ...script,
            answers: { 'show running-config': `${'\x01\x02\x03config-s3cret'.repeat(100)}\n` },
          }),
        },
        ['device', 'atCommand', 'configurationBinary'],
        {},
      ],
      ['has no shell', { shell: undefined }, ['device', 'atShell', 'sshFailed'], {}],
      [
        'ends a command with an error',
        {
          exec: (_command: string, channel: ServerChannel) => {
            channel.stderr.write('cat: /a: Permission denied\n');
            channel.exit(1);
            channel.end();
          },
        },
        ['device', 'atCommand', 'commandFailed'],
        { dialect: 'own', ownWay: 'exec', ownCommands: 'cat /a' },
      ],
      [
        'kills a command in the middle',
        {
          exec: (_command: string, channel: ServerChannel) => {
            channel.write('enable secret 5 config-s3cret\n');
            channel.exit('TERM');
            channel.end();
          },
        },
        ['device', 'atCommand', 'commandFailed'],
        { dialect: 'own', ownWay: 'exec', ownCommands: 'cat /a' },
      ],
    ] as [string, SshDevice, string[], Partial<AccessSettings>][]) {
      it(`names device and step where it ${what}`, async () => {
        const { keys, text } = await problemOf(fetched({ device, settings }));
        assert.deepEqual(keys, expected);
        for (const secret of all) assert.ok(!text.includes(secret), text);
      });
    }

    it('says that the connection broke in the middle of a command', async () => {
      const { keys } = await problemOf(
        fetched({
          settings: { dialect: 'own', ownWay: 'exec', ownCommands: 'cat /a' },
          device: {
            exec(_command, channel, connection) {
              channel.write('half', () => connection.end());
            },
          },
        }),
      );
      assert.deepEqual(keys, ['device', 'atCommand', 'connectionLost']);
    });

    it('says that nobody listens', async () => {
      const address = await startSshDevice({});
      await endSshDevices();
      const { keys } = await problemOf(fetchedFrom(address, {}));
      assert.deepEqual(keys, ['device', 'atConnect', 'connectionRefused']);
    });

    it('ends at once, with the reason, when it is told to', async () => {
      const ended = new AbortController();
      const reason = new Error('closed');
      const shell = () => ended.abort(reason);
      await assert.rejects(fetched({ device: { shell }, signal: ended.signal }), reason);
    });
  });
});
