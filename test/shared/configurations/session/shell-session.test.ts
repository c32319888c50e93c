import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { Dialect } from '../../../../nodes/shared/configurations/dialect.ts';
import {
  type Configurations,
  ShellSession,
} from '../../../../nodes/shared/configurations/session/shell-session.ts';
import { Problem } from '../../../../nodes/shared/problem.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { ShellDevice, type ShellScript } from '../../../support/shell-device.ts';

const running = 'hostname core-1\n!\ninterface eth1\n description to core-2\nend\n';

/** It learns the prompt. */
const learning: Dialect = {
  id: 'test',
  label: 'test',
  way: 'shell',
  setup: ['terminal length 0'],
  running: ['show running-config'],
  secrets: [],
};
const dialect: Dialect = { ...learning, prompt: /^[\w.-]+[>#] ?$/ };

/** of a system that shows where a configuration ends */
const whole = { last: /./ };

const script: ShellScript = {
  prompt: 'core-1#',
  answers: { 'show running-config': running, 'terminal length 0': '' },
};

interface Made {
  dialect?: Partial<Dialect>;
  /** the whole of it */
  base?: Dialect;
  script?: Partial<ShellScript>;
  login?: Record<string, string>;
  maxBytes?: number;
  /** whether there is no device, and the test plays it */
  isAlone?: boolean;
  /** bytes in which the device sends */
  pieces?: number;
}

/** A session with a device, both on a clock that the test moves. */
function made(given: Made) {
  const clock = new FakeClock();
  const typed: string[] = [];
  const session = new ShellSession({
    dialect: { ...(given.base ?? dialect), ...given.dialect },
    login: given.login ?? {},
    clock,
    maxBytes: given.maxBytes ?? 1e6,
    send: (keys) => {
      typed.push(keys);
      if (!given.isAlone) device.type(keys);
    },
  });
  const show = (text: string) => {
    const bytes = Buffer.from(text);
    const size = given.pieces ?? bytes.length;
    for (let i = 0; i < bytes.length; i += size) session.take(bytes.subarray(i, i + size));
  };
  const device = new ShellDevice({ ...script, ...given.script }, show);
  return { session, device, clock, typed };
}

/** Lets time pass until something is settled, at most 100 s. */
async function settled<T>(promise: Promise<T>, clock: FakeClock, fail: () => void): Promise<T> {
  let isSettled = false;
  const settle = () => (isSettled = true);
  promise.then(settle, settle);
  for (let ms = 0; !isSettled; ms += 50) {
    await turn();
    clock.advance(50);
    if (ms === 100_000) fail();
  }
  return promise;
}

async function fetched(given: Made): Promise<Configurations & { typed: string[] }> {
  const { session, device, clock, typed } = made(given);
  const fetching = session.fetch();
  device.begin();
  const timeout = () => session.fail(new Problem('timeout', { seconds: 100 }));
  return { ...(await settled(fetching, clock, timeout)), typed };
}

/** The keys of a problem and of its causes, from the outermost on. */
async function problemOf(given: Made): Promise<{ keys: string[]; text: string }> {
  try {
    await fetched(given);
  } catch (error) {
    assert.ok(error instanceof Problem, String(error));
    const keys: string[] = [];
    for (let at: unknown = error; at instanceof Problem; at = at.cause) keys.push(at.key);
    return { keys, text: error.message };
  }
  throw new Error('there is no problem');
}

describe('a shell session', () => {
  it('reads what a command gives, without prompt and echo', async () => {
    const { typed, ...configurations } = await fetched({});
    assert.deepEqual(configurations, { running });
    // Enter once more shows that it was the prompt.
    assert.deepEqual(typed, ['terminal length 0\n', 'show running-config\n', '\n']);
  });

  it('reads the saved configuration too, where there is one, and takes its leave', async () => {
    const { typed, ...configurations } = await fetched({
      dialect: { saved: ['show startup-config', 'show vlan'], leave: ['exit'] },
      script: { answers: { ...script.answers, 'show startup-config': 'a\n', 'show vlan': 'b\n' } },
    });
    assert.deepEqual(configurations, { running, saved: 'a\nb\n' });
    assert.equal(typed.at(-1), 'exit\n');
  });

  for (const [what, given] of [
    ['in pieces of a byte', { pieces: 1 }],
    ['in pieces of 7 bytes', { pieces: 7 }],
    ['without an echo', { script: { echo: false } }],
    ['with other line ends', { script: { lineEnd: '\r\r\n' } }],
    ['with line feeds only', { script: { lineEnd: '\n' } }],
    ['after a banner', { script: { banner: 'Only for staff.\n> not a prompt\n\n' } }],
    ['after a banner that looks like a prompt', { script: { banner: 'core-1#\n' } }],
    ['with a coloured prompt', { script: { prompt: '\x1b[1mcore-1\x1b[0m# \x1b[K' } }],
    ['with a prompt that is learned', { base: learning }],
    [
      'with a learned prompt of any form',
      { base: learning, script: { prompt: '[ops@core-1] /> ' } },
    ],
    [
      'with a learned prompt after a key that is waited for',
      {
        base: learning,
        script: { login: [{ question: 'Press any key to continue', answer: '' }] },
      },
    ],
    [
      'through a pager of any kind',
      {
        dialect: { setup: [], questions: [{ pattern: /--More-- ?$/, answer: ' ' }] },
        script: { pager: { lines: 2, text: '--More-- ', erase: '\r         \r' } },
        pieces: 3,
      },
    ],
    [
      'through a pager that erases with backspaces',
      {
        dialect: { setup: [], questions: [{ pattern: /--More--$/, answer: ' ' }] },
        script: {
          pager: {
            lines: 1,
            text: '--More--',
            erase: '\b'.repeat(8) + ' '.repeat(8) + '\b'.repeat(8),
          },
        },
      },
    ],
    [
      'through a pager that erases nothing',
      {
        dialect: { setup: [], questions: [{ pattern: /--More--$/, answer: ' ' }] },
        script: { pager: { lines: 1, text: '--More--', erase: '\n' } },
      },
    ],
    [
      'without a pager, where it can be turned off',
      { script: { pager: { lines: 1, text: 'more?', erase: '', off: 'terminal length 0' } } },
    ],
    [
      'where the pager cannot be turned off and says so',
      { script: { answers: { 'show running-config': running } } },
    ],
    [
      'after a second login',
      {
        dialect: {
          questions: [
            { pattern: /^User: ?$/, answer: { login: 'user' } },
            { pattern: /^Password: ?$/, answer: { login: 'password' } },
          ],
        },
        login: { user: 'ops', password: 'tops3cret' },
        script: {
          login: [
            { question: 'User:', answer: 'ops' },
            { question: 'Password:', answer: 'tops3cret' },
          ],
        },
      },
    ],
  ] as [string, Made][]) {
    it(`reads it ${what}`, async () => {
      assert.equal((await fetched(given)).running, running);
    });
  }

  it('takes an answer that is empty', async () => {
    for (const echo of [true, false]) {
      const answers = { ...script.answers, 'show running-config': '' };
      assert.equal((await fetched({ script: { answers, echo } })).running, '');
    }
  });

  it('does not end at a prompt within the configuration', async () => {
    const text = 'banner motd\ncore-1#\nswitch>\ncore-1# \nend\n';
    for (const pieces of [1, 5, 1000]) {
      const answers = { ...script.answers, 'show running-config': text };
      assert.equal((await fetched({ script: { answers }, pieces })).running, text);
    }
  });

  it('does not end at another device’s prompt that a device stops after', async () => {
    const { session, clock } = made({ isAlone: true, dialect: { setup: [], whole } });
    const fetching = session.fetch();
    const send = (text: string) => session.take(Buffer.from(text));
    send('core-1#');
    clock.advance(1000);
    await turn();
    send('show running-config\r\nbanner\r\nswitch#');
    clock.advance(1000);
    await turn();
    send('\r\nend\r\ncore-1#');
    await turn();
    clock.advance(1000);
    assert.deepEqual(await fetching, { running: 'banner\nswitch#\nend\n' });
  });

  it('refuses what ended at a line that looked like the prompt, where nothing else shows the end', async () => {
    const { session, clock, typed } = made({ isAlone: true, dialect: { setup: [] } });
    const fetching = session.fetch();
    const send = async (text: string) => {
      session.take(Buffer.from(text));
      clock.advance(1000);
      await turn();
    };
    await send('core-1#');
    await send('show running-config\r\nbanner motd\r\ncore-1#');
    assert.deepEqual(typed, ['show running-config\n', '\n']);
    const refused = assert.rejects(fetching, { key: 'configurationCut' });
    await send('\r\ninterface eth1\r\ncore-1#\r\ncore-1#');
    await refused;
  });

  it('reads texts in UTF-8, and in the character set of Windows', async () => {
    for (const [bytes, text] of [
      [Buffer.from('name Büro\r\n'), 'name Büro\n'],
      [Buffer.from('name B\xfcro\r\n', 'latin1'), 'name Büro\n'],
    ] as const) {
      const { session, clock } = made({ isAlone: true, dialect: { setup: [], whole } });
      const fetching = session.fetch();
      session.take(Buffer.from('core-1#'));
      clock.advance(1000);
      await turn();
      session.take(Buffer.concat([bytes, Buffer.from('core-1#')]));
      clock.advance(1000);
      assert.equal((await fetching).running, text);
    }
  });

  it('wakes a device that says nothing', async () => {
    const { session, clock, typed } = made({});
    const fetching = session.fetch();
    const { running: text } = await settled(fetching, clock, () => session.fail(new Error('late')));
    assert.equal(text, running);
    assert.equal(typed[0], '\n');
  });

  describe('with more rights', () => {
    const enable = { prompt: 'core-1#', question: 'Password: ', password: 'sup3rsecret' };
    const given: Made = {
      dialect: { enable: { command: 'enable', password: /password: ?$/i } },
      script: { prompt: 'core-1>', enable },
      login: { enablePassword: 'sup3rsecret' },
    };

    it('gets them by a password', async () => {
      const { typed, running: text } = await fetched(given);
      assert.equal(text, running);
      assert.deepEqual(typed.slice(0, 2), ['enable\n', 'sup3rsecret\n']);
    });

    it('gets them with a prompt that is learned', async () => {
      assert.equal((await fetched({ ...given, base: learning })).running, running);
    });

    it('asks for none without a password', async () => {
      const { typed } = await fetched({ ...given, login: {} });
      assert.equal(typed[0], 'terminal length 0\n');
    });

    it('says that the password is wrong', async () => {
      const { keys } = await problemOf({ ...given, login: { enablePassword: 'wrong' } });
      assert.deepEqual(keys, ['atCommand', 'enableRefused']);
    });

    it('has no echoed password in the text, nor in a problem', async () => {
      const echoing = { ...given, script: { ...given.script, echoesPasswords: true } };
      assert.equal((await fetched(echoing)).running, running);
      const wrong = await problemOf({ ...echoing, login: { enablePassword: 'wr0ng' } });
      assert.doesNotMatch(wrong.text, /wr0ng|sup3r/);
    });
  });

  describe('with a device that does not do its part', () => {
    it('names the line that is no prompt, without what the login has', async () => {
      const { keys, text } = await problemOf({
        script: { prompt: 'tops3cret: choose a menu item' },
        login: { password: 'tops3cret' },
      });
      assert.deepEqual(keys, ['atShellLine', 'timeout']);
      assert.match(text, /“…: choose a menu item”/);
    });

    it('says that there is no prompt', async () => {
      const { keys } = await problemOf({ script: { prompt: '' } });
      assert.deepEqual(keys, ['atShell', 'timeout']);
    });

    it('says that a new password is wanted, and gives none', async () => {
      for (const base of [dialect, learning]) {
        const prompt = 'You must change your password.\r\nNew password: ';
        const { session, device, clock, typed } = made({ base, script: { prompt } });
        const fetching = session.fetch();
        device.begin();
        await assert.rejects(
          settled(fetching, clock, () => session.fail(new Error('late'))),
          (error) => error instanceof Problem && (error.cause as Problem).key === 'newPassword',
        );
        assert.deepEqual(typed, []);
      }
    });

    it('says that the second login was refused', async () => {
      const question: Dialect['questions'] = [
        { pattern: /^Password: ?$/, answer: { login: 'password' } },
      ];
      const login = [{ question: 'Password:', answer: 'tops3cret' }];
      for (const given of [{ password: 'wrong' }, {}]) {
        const { keys } = await problemOf({
          dialect: { questions: question },
          script: { login },
          login: given,
        });
        assert.equal(keys.at(-1), 'shellLogin');
      }
    });

    it('says that a pager is not known', async () => {
      const { keys, text } = await problemOf({
        script: { pager: { lines: 2, text: '--More--', erase: '' } },
      });
      assert.deepEqual(keys, ['atCommand', 'unknownQuestion']);
      assert.match(text, /^show running-config: /);
    });

    it('tells nothing of a configuration that stops in the middle', async () => {
      const answers = { ...script.answers, 'show running-config': 'a\nenable secret 5 s3cr3t' };
      const { session, device, clock } = made({ script: { answers, prompt: 'core-1#' } });
      const fetching = session.fetch();
      device.begin();
      // The answer has no line end, so the prompt is not seen.
      const late = () => session.fail(new Problem('timeout', { seconds: 100 }));
      await assert.rejects(settled(fetching, clock, late), {
        message: 'show running-config: no answer within 100 s',
      });
    });

    it('says that the connection was lost in the middle', async () => {
      const { session, device, clock } = made({});
      const fetching = session.fetch();
      device.begin();
      clock.advance(150);
      await turn();
      session.fail(new Problem('connectionLost'));
      await assert.rejects(fetching, (error) => {
        return error instanceof Problem && (error.cause as Problem).key === 'connectionLost';
      });
      assert.equal(clock.timers, 0);
    });

    it('ends at the limit of size', async () => {
      const answers = { ...script.answers, 'show running-config': 'x\n'.repeat(1000) };
      const { keys } = await problemOf({ script: { answers }, maxBytes: 1000, pieces: 100 });
      assert.deepEqual(keys, ['atCommand', 'tooLarge']);
    });

    it('takes no binary data for a configuration', async () => {
      const bytes = Array.from({ length: 1000 }, (_, i) => String.fromCharCode(i % 32)).join('');
      const answers = { ...script.answers, 'show running-config': `${bytes}\n` };
      const { keys } = await problemOf({ script: { answers } });
      assert.deepEqual(keys, ['atCommand', 'configurationBinary']);
    });
  });
});
