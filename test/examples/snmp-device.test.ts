import assert from 'node:assert/strict';
import { join } from 'node:path';
import { partCredentials, readExamples, withSnmpDevice } from '../../scripts/example-flows.ts';
import { root } from '../support/red.ts';

describe('The SNMP device of npm start', () => {
  it('is polled by each complete dashboard, with its community kept apart', async () => {
    const examples = await readExamples(join(root, 'examples'));
    const device = { address: 'core-1:1161', community: 'office' };
    const { flows, credentials } = partCredentials(withSnmpDevice(examples, device));
    const polls = flows.filter(({ name }) => name === 'SNMP devices');
    assert.deepEqual(
      polls.map(({ devices }) => devices),
      Array(2).fill([{ name: 'core-1:1161', address: 'core-1:1161', labels: {} }]),
    );
    assert.deepEqual(
      polls.map(({ access }) => credentials[access as string]),
      Array(2).fill({ secret: 'office' }),
    );
    assert.doesNotMatch(JSON.stringify(flows), /office|credentials/);
  });
});
