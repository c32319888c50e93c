import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { dialects } from '../../../nodes/shared/configurations/dialects/index.ts';
import { readConfiguration } from '../../../nodes/shared/configurations/read-configuration.ts';
import { ShellSession } from '../../../nodes/shared/configurations/session/shell-session.ts';
import { atOnce } from '../../../nodes/shared/steps.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { readSession } from '../../support/session-file.ts';
import { ShellDevice } from '../../support/shell-device.ts';

const password = 'm0re.rights';

describe('The dialects of shells', () => {
  for (const dialect of dialects.filter(({ way }) => way === 'shell')) {
    const { answers, shell } = readSession(dialect.id);
    const read = (raw: string) => atOnce(readConfiguration(dialect, raw, 'a key')).text;

    /** What a session gives with a device that plays the recorded one, in pages of some lines. */
    const fetched = async (pageLines: number) => {
      assert.ok(shell, 'the session has no shell');
      const clock = new FakeClock();
      const { prompt, pager } = shell;
      const setup = (dialect.setup ?? []).map((command): [string, string] => [command, '']);
      const erase = `\r${' '.repeat(pager.length)}\r`;
      const device = new ShellDevice(
        {
          prompt: dialect.enable ? prompt.replace('#', '>') : prompt,
          answers: Object.fromEntries([...setup, ...answers]),
          pager: { lines: pageLines, text: pager, erase },
          ...(dialect.enable && { enable: { prompt, question: 'Password: ', password } }),
        },
        (text) => session.take(Buffer.from(text)),
      );
      const session = new ShellSession({
        ...{ dialect, clock, maxBytes: 1e6, login: { enablePassword: password } },
        send: (keys) => device.type(keys),
      });
      const fetching = session.fetch();
      device.begin();
      let isSettled = false;
      const settle = () => (isSettled = true);
      fetching.then(settle, settle);
      for (let ms = 0; !isSettled && ms < 100_000; ms += 50) {
        await turn();
        clock.advance(50);
      }
      session.fail(new Error('it takes too long'));
      return fetching;
    };

    it(`read whole configurations through prompt and pager: ${dialect.label}`, async () => {
      const [running, saved] = [...answers.values()] as [string, string | undefined];
      for (const lines of [1, 7, 1000]) {
        const found = await fetched(lines);
        assert.equal(read(found.running), read(running));
        if (dialect.saved) assert.equal(read(found.saved!), read(saved!));
      }
    });
  }
});
