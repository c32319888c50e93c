import assert from 'node:assert/strict';
import type { InterfaceState } from '../../../nodes/contract/snapshot.ts';
import {
  interfaceDefaults,
  type InterfaceFields,
  interfaceFilter,
} from '../../../nodes/shared/match/interface-filter.ts';

const all: InterfaceState[] = [
  { name: 'Gi0/1', alias: 'uplink', type: 'ethernet', up: true, adminUp: true },
  { name: 'Gi0/2', alias: 'desk 4', type: 'ethernet', up: false, adminUp: true },
  { name: 'Gi0/3', type: 'ethernet', up: false, adminUp: false },
  { name: 'Vl10', type: 'vlan' },
];

const taken = (fields: Partial<InterfaceFields>) => {
  const filter = interfaceFilter({ ...interfaceDefaults, ...fields });
  return all.filter((state) => filter.takes(state)).map(({ name }) => name);
};

describe('interfaceFilter', () => {
  it('takes all unless told otherwise', () => {
    assert.equal(taken({}).length, all.length);
  });

  for (const [fields, expected] of [
    [{ interfaceNames: 'Gi*, !*/2' }, ['Gi0/1', 'Gi0/3']],
    [{ interfaceAliases: 'up*' }, ['Gi0/1']],
    [{ interfaceAliases: '!desk*' }, ['Gi0/1', 'Gi0/3', 'Vl10']],
    [{ interfaceTypes: '!vlan' }, ['Gi0/1', 'Gi0/2', 'Gi0/3']],
    [{ interfaceStatus: 'enabled' }, ['Gi0/1', 'Gi0/2', 'Vl10']],
    [{ interfaceStatus: 'up' }, ['Gi0/1', 'Vl10']],
    [{ interfaceNames: 'Gi*', interfaceStatus: 'up' }, ['Gi0/1']],
  ] as const) {
    it(`takes ${expected.join(', ')} for ${JSON.stringify(fields)}`, () => {
      assert.deepEqual(taken(fields), expected);
    });
  }

  it("knows the operator's speeds, the first that fits", () => {
    const filter = interfaceFilter({
      ...interfaceDefaults,
      interfaceSpeeds: [
        { names: 'Gi0/1', megabits: 50 },
        { names: 'Gi*', megabits: 100 },
      ],
    });
    assert.deepEqual(
      ['Gi0/1', 'Gi0/2', 'Vl10'].map((name) => filter.speed(name)),
      [50e6, 100e6, undefined],
    );
  });

  for (const [fields, field] of [
    [{ interfaceNames: 'a,,b' }, 'interfaceNames'],
    [{ interfaceStatus: 'down' }, 'interfaceStatus'],
    [{ interfaceSpeeds: [{ names: 'a', megabits: 0 }] }, 'interfaceSpeeds[0].megabits'],
    [{ interfaceSpeeds: [{ names: '', megabits: 1 }] }, 'interfaceSpeeds[0].names'],
  ] as const) {
    it(`refuses ${JSON.stringify(fields)}`, () => {
      assert.throws(() => interfaceFilter({ ...interfaceDefaults, ...(fields as object) }), {
        field,
      });
    });
  }
});
