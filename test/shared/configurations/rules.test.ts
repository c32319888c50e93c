import assert from 'node:assert/strict';
import { checkUniqueRule, findingsOf } from '../../../nodes/shared/configurations/rules.ts';

const lines = ['hostname core-1', 'line vty 0 4', ' transport input telnet ssh', 'line vty 5 15'];
lines.push(' transport input telnet');

function checked(...rules: object[]) {
  const names = new Set<string>();
  return rules.map((rule, i) => checkUniqueRule(`rules[${i}]`, rule, names));
}

describe('findingsOf', () => {
  it('tells of lines that must not be, with their numbers', () => {
    const rules = checked({ name: 'no telnet', kind: 'mustNotHave', pattern: 'transport.*telnet' });
    assert.deepEqual(findingsOf(rules, { device: 'core-1' }, lines), [
      {
        rule: 'no telnet',
        kind: 'mustNotHave',
        pattern: 'transport.*telnet',
        severity: 'warning',
        lines: [
          { number: 3, text: ' transport input telnet ssh' },
          { number: 5, text: ' transport input telnet' },
        ],
        count: 2,
      },
    ]);
  });

  it('tells of the first five only, and how many there are', () => {
    const rules = checked({ name: 'r', kind: 'mustNotHave', pattern: 'x' });
    const [finding] = findingsOf(
      rules,
      {},
      Array.from({ length: 9 }, () => 'x'),
    );
    assert.deepEqual([finding!.lines.length, finding!.count], [5, 9]);
  });

  it('tells of what is missing', () => {
    const rules = checked(
      { name: 'ntp', kind: 'mustHave', pattern: '^ntp server', severity: 'critical' },
      { name: 'name', kind: 'mustHave', pattern: '^hostname' },
    );
    assert.deepEqual(findingsOf(rules, { device: 'core-1' }, lines), [
      {
        ...{ rule: 'ntp', kind: 'mustHave', pattern: '^ntp server', severity: 'critical' },
        ...{ lines: [], count: 0 },
      },
    ]);
  });

  it('looks only at the devices that a rule is for', () => {
    const rules = checked({
      ...{
        name: 'ntp',
        kind: 'mustHave',
        pattern: 'ntp',
        devices: 'role="core", device!="core-2"',
      },
    });
    const count = (labels: Record<string, string>) => findingsOf(rules, labels, lines).length;
    assert.equal(count({ device: 'core-1', role: 'core' }), 1);
    assert.equal(count({ device: 'core-2', role: 'core' }), 0);
    assert.equal(count({ device: 'edge-1' }), 0);
  });
});

describe('checkUniqueRule', () => {
  const good = { name: 'r', kind: 'mustHave', pattern: 'a' };
  for (const [what, rule, field] of [
    ['no name', { ...good, name: ' ' }, 'rules[0].name'],
    ['another kind', { ...good, kind: 'may' }, 'rules[0].kind'],
    ['a pattern that is none', { ...good, pattern: '(' }, 'rules[0].pattern'],
    ['a pattern that looks back', { ...good, pattern: String.raw`(a)\1` }, 'rules[0].pattern'],
    ['bad matchers', { ...good, devices: 'device' }, 'rules[0].devices'],
    ['a severity that is none', { ...good, severity: 'bad' }, 'rules[0].severity'],
    ['a field too many', { ...good, more: 1 }, 'rules[0].more'],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.throws(() => checked(rule), { field });
    });
  }

  it('refuses a name that is there already', () => {
    assert.throws(() => checked(good, good), { field: 'rules[1].name' });
  });
});
