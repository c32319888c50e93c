import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metrics } from '../../nodes/shared/metrics.ts';
import { root } from '../support/red.ts';

describe('the metrics', () => {
  it('are all explained in docs/messages.md, each with its unit, and no others', () => {
    const page = readFileSync(join(root, 'docs/messages.md'), 'utf8');
    const [, table] = /^## Metrics\n([^]*?)^## /m.exec(page)!;
    const explained = [...table!.matchAll(/^\| ([`\w, ]+?) +\| (\S+) +\|/gm)].flatMap(
      ([, names, unit]) => [...names!.matchAll(/`(\w+)`/g)].map(([, name]) => [name!, unit!]),
    );
    assert.deepEqual(explained.toSorted(), Object.entries(metrics).toSorted());
  });
});
