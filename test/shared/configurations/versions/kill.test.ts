import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VersionsThread } from '../../../../nodes/shared/configurations/versions/thread.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const writer = fileURLToPath(new URL('../../../support/version-writer.ts', import.meta.url));

describe('versions of a process that is killed', function () {
  this.timeout(30_000);

  it('are all there that were acknowledged, and more can be kept', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'netmon-configurations-'));
    const kept = new Map<number, string>();
    const tell = (problem: Error) => assert.fail(problem.message);
    for (let run = 1; run <= 3; run++) {
      const child = fork(writer, [folder]);
      const enough = Promise.withResolvers<number>();
      child.on('message', ({ id, text }: { id: number; text: string }) => {
        kept.set(id, text);
        if (kept.size >= run * 30) enough.resolve(id);
      });
      await enough.promise;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    const versions = new VersionsThread({ folder, clock: new FakeClock(), tell });
    for (const [id, text] of kept) assert.equal(await versions.text(id), text);
    await versions.close();
    await rm(folder, { recursive: true });
  });
});
