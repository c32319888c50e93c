// Keeps versions in a folder until it is killed, and says which are kept. Argument: the folder.

import { systemClock } from '../../nodes/shared/clock.ts';
import { VersionsThread } from '../../nodes/shared/configurations/versions/thread.ts';

const [folder] = process.argv.slice(2) as [string];
const versions = new VersionsThread({ folder, clock: systemClock, tell: () => {} });
for (let i = 0; ; i++) {
  const text = `hostname switch-${i % 5}\nvlan ${i}\n`;
  const { version } = await versions.add({
    ...{ device: `switch-${i % 5}`, labels: {}, text, time: Date.now() },
    retention: { count: 100_000, age: 1e12 },
  });
  process.send!({ id: version.id, text });
}
