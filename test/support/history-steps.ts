// Writes history, makes blocks of it, removes what is old and copies it, and is killed right before a step of that:
// a commit, a file that is removed, renamed, copied or awaited on the disk. Tells what it does, and what is kept, on a line
// each. Arguments: the folder, the folder of its copy, the time, the first number, and the step, counted from 1.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { backup } from '../../nodes/shared/history/store/backup.ts';
import { Store } from '../../nodes/shared/history/store/store.ts';
import { readingOf, written } from './written-history.ts';

const [folder, copy, now, first, killed] = process.argv.slice(2) as [string, string, ...string[]];
let step = 0;

function tell(line: string): void {
  fs.writeSync(1, `${line}\n`);
}

/** Has each call of a method be a step, or each whose first argument, or `this`, is taken. */
function count(of: object, name: string, takes: (self: object, first: unknown) => boolean): void {
  const methods = of as Record<string, (...args: unknown[]) => unknown>;
  const original = methods[name]!;
  methods[name] = function (this: object, ...args: unknown[]) {
    if (takes(this, args[0]) && ++step === Number(killed)) process.kill(process.pid, 'SIGKILL');
    return original.apply(this, args);
  };
}
count(DatabaseSync.prototype, 'exec', (_, sql) => /COMMIT/.test(String(sql)));
count(StatementSync.prototype, 'run', (self) => /VACUUM/.test((self as StatementSync).sourceSQL));
for (const name of ['rmSync', 'renameSync', 'fsyncSync']) count(fs, name, () => true);
syncBuiltinESMExports();

/** Does all of a work that yields. */
function finish<Result>(work: Generator<unknown, Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

const { begin, retention } = written(Number(now));
tell('open');
const store = new Store(folder, {
  open: (path) => new DatabaseSync(path),
  now: () => Number(now),
  steady: () => performance.now(),
  retention,
});
tell('write');
const size = 200;
let next = Number(first);
for (let batch = 0; batch < 3; batch++, next += size) {
  const readings = Array.from({ length: size }, (_, i) => readingOf(next + i, begin));
  const names = readings.map((reading) => ({ ...reading, info: undefined }));
  store.append(names, {
    series: readings.map((_, i) => i),
    times: Float64Array.from(readings, ({ time }) => time),
    values: Float64Array.from(readings, ({ value }) => value),
  });
  tell(`kept ${next + size}`);
}
tell('flush');
finish(store.flush());
tell('sweep');
store.sweep();
tell('backup');
finish(backup(store, copy, Number(now)));
tell('close');
store.close();
tell(`steps ${step}`);
