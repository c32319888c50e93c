// Writes history until it is killed, and tells what is on the disk: `<from> <to>` on a line for the numbers
// of the readings that were acknowledged. Arguments: the folder, the time for which it is written, the
// first number, and how many batches before it ends by itself.

import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../nodes/shared/clock.ts';
import { History } from '../../nodes/shared/history/history.ts';
import { readingOf, written } from './written-history.ts';

const [folder, now, first, batches] = process.argv.slice(2) as [string, string, string, string];
const { begin, retention } = written(Number(now));
const history = new History({ folder, retention, commitMs: 3, forwards: [], clock: systemClock });
const size = 50;

for (let batch = 0; batch < Number(batches); batch++) {
  const from = Number(first) + batch * size;
  const readings = Array.from({ length: size }, (_, i) => readingOf(from + i, begin));
  void history.write(readings).then(() => process.stdout.write(`${from} ${from + size}\n`));
  await pause(2);
}
await history.close();
