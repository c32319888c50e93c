import assert from 'node:assert/strict';
import { metrics } from '../../nodes/contract/metrics.ts';
import { mappings } from '../../nodes/protocols/json-http/mappings/index.ts';
import { toAlert } from '../../nodes/shared/messages/read-alert.ts';
import { readReadings } from '../../nodes/shared/messages/read-readings.ts';
import { root } from '../support/red.ts';
import { type RegisteredNode, registeredNodes } from '../support/registered-nodes.ts';
import { type Published, published } from './published.ts';
import { presentSettings } from './settings.ts';

/** Defaults that are others on purpose, with the reason. */
const changedDefaults: Record<string, string> = {
  'netmon-device-access protocol': 'most devices are asked over SNMP; flows always have their own',
};

describe('What 0.1.0 had', () => {
  let then: Published;
  let now: Record<string, RegisteredNode>;

  before(async function () {
    this.timeout(20_000);
    then = await published('0.1.0');
    now = await registeredNodes(root);
  });

  it('is still there of the nodes: types, ports and credentials', () => {
    for (const [type, before] of Object.entries(then.nodes)) {
      const { settings, outputs = 0, credentials, ...rest } = before;
      assert.ok(now[type], type);
      const { settings: present, outputs: ports = 0, credentials: known, ...others } = now[type];
      assert.ok(Object.keys(present).length >= Object.keys(settings).length);
      // Further ones come behind those that flows have wires on.
      assert.ok(ports >= outputs, type);
      assert.deepEqual({ ...known, ...credentials }, known, type);
      assert.deepEqual(others, rest, type);
    }
  });

  it('is still there of the settings: names, and defaults but for a few', () => {
    const different: string[] = [];
    for (const [type, { settings }] of Object.entries(then.nodes)) {
      for (const [name, value] of Object.entries(settings)) {
        assert.ok(Object.hasOwn(now[type]!.settings, name), `${type} ${name}`);
        const same = JSON.stringify(now[type]!.settings[name]) === JSON.stringify(value);
        if (!same) different.push(`${type} ${name}`);
      }
    }
    assert.deepEqual(different, Object.keys(changedDefaults));
  });

  it('is still taken of what its dialogs offered', () => {
    for (const [type, choices] of Object.entries(then.choices)) {
      for (const [name, values] of Object.entries(choices)) {
        for (const value of values) {
          const { checks } = presentSettings[type]!;
          const [, ofRule] = name.split('.');
          if (ofRule === undefined) checks[name]!(value);
          else checks.rules!([{ metric: 'a', comparison: '>', threshold: 1, [ofRule]: value }]);
          // Of those settings that take anything.
          if (name === 'mapping') assert.ok(mappings[value], value);
        }
      }
    }
  });

  it('is still there of the metrics, in the same units', () => {
    const present: Record<string, string> = metrics;
    for (const [metric, unit] of Object.entries(then.metrics)) {
      assert.equal(present[metric], unit, metric);
    }
  });

  it('is still read of the messages, and means the same', () => {
    const { readings, alert } = then.messages;
    const { payload, topic } = readings;
    assert.deepEqual(readReadings(payload, topic, 0), { readings: payload, problems: [] });
    assert.deepEqual(toAlert('payload', alert.payload), alert.payload);
  });
});
