import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  checkConfiguration,
  configurationFields,
} from '../../nodes/alert-manager/configuration.ts';
import { inhibitionFields } from '../../nodes/alert-manager/inhibition.ts';
import { routeFields } from '../../nodes/alert-manager/route.ts';
import { silenceFields } from '../../nodes/alert-manager/silence.ts';
import { parentFields } from '../../nodes/alert-manager/topology.ts';
import { maintenanceFields } from '../../nodes/shared/maintenance.ts';
import { checkRules, ruleFields } from '../../nodes/threshold-check/rule.ts';
import { root } from '../support/red.ts';

interface Schema {
  properties?: Record<string, Schema>;
  items?: Schema;
  $defs?: Record<string, Schema>;
  minimum?: number;
  maximum?: number;
}

async function schema(name: string): Promise<Schema> {
  return JSON.parse(await readFile(join(root, 'docs', name), 'utf8')) as Schema;
}

const fieldsOf = ({ properties }: Schema) => Object.keys(properties!).sort();
const sorted = (fields: readonly string[]) => [...fields].sort();

describe('the published schemas', () => {
  it('have the fields of alert manager’s settings and silences', async () => {
    const all = await schema('alert-manager.schema.json');
    assert.deepEqual(fieldsOf(all), sorted(configurationFields));
    const rows = (name: string) => fieldsOf(all.properties![name]!.items!);
    assert.deepEqual(rows('routes'), sorted(routeFields));
    assert.deepEqual(rows('inhibitions'), sorted(inhibitionFields));
    assert.deepEqual(rows('parents'), sorted(parentFields));
    assert.deepEqual(rows('maintenance'), sorted(maintenanceFields));
    assert.deepEqual(fieldsOf(all.$defs!.silence!), sorted(silenceFields));
  });

  it('have the bounds that are checked', async () => {
    const { properties } = await schema('alert-manager.schema.json');
    for (const [name, { minimum, maximum }] of Object.entries(properties!)) {
      if (minimum === undefined) continue;
      for (const value of [minimum, maximum]) checkConfiguration('', { [name]: value });
      for (const value of [minimum - 1, maximum! + 1]) {
        assert.throws(() => checkConfiguration('', { [name]: value }), /expected/, name);
      }
    }
  });

  it('have the fields and the bounds of threshold check’s rules', async () => {
    const { items } = await schema('threshold-rules.schema.json');
    assert.deepEqual(fieldsOf(items!), sorted(ruleFields));
    const rule = { metric: 'x', comparison: '>', threshold: 1 };
    for (const [name, { minimum, maximum }] of Object.entries(items!.properties!)) {
      if (minimum === undefined) continue;
      checkRules('', [{ ...rule, [name]: maximum }]);
      assert.throws(() => checkRules('', [{ ...rule, [name]: maximum! + 1 }]), /expected/, name);
    }
  });
});
