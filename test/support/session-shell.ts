// The shell of a device, as an SSH server starts it: it plays a recorded session in its terminal.
// Arguments: the session, and the password of more rights; none for a device that has no such.

import { readSession } from './session-file.ts';
import { ShellDevice } from './shell-device.ts';

const [name, password] = process.argv.slice(2) as [string, string?];
const { answers, shell } = readSession(name);
const { prompt, pager } = shell!;
const device = new ShellDevice(
  {
    ...{ banner: 'Only for staff.\n', lineEnd: '\r\n' },
    prompt: password === undefined ? prompt : prompt.replace('#', '>'),
    answers: {
      ...{ 'terminal length 0': '', 'terminal width 0': '' },
      ...Object.fromEntries(answers),
    },
    pager: { lines: 10, text: pager, erase: `\r${' '.repeat(pager.length)}\r` },
    ...(password !== undefined && { enable: { prompt, question: 'Password: ', password } }),
  },
  (text) => process.stdout.write(text),
);
// It echoes by itself what it wants to be seen.
process.stdin.setRawMode(true);
// What a terminal sends for Enter is a carriage return.
process.stdin.on('data', (keys) => device.type(keys.toString().replaceAll('\r', '\n')));
device.begin();
