import assert from 'node:assert/strict';
import { parseLabels } from '../../../nodes/shared/match/parse-filter.ts';

const series = [
  { device: 'core-1', interface: 'eth0' },
  { device: 'core-1', interface: 'lo' },
  { device: 'edge-1', interface: 'eth10' },
  { device: 'edge-1', disk: '/boot' },
];

function picked(text: string): number[] {
  const filter = parseLabels('filter', text);
  return series.flatMap((labels, i) => (filter.takes(labels) ? [i] : []));
}

describe('parseLabels', () => {
  const cases: [text: string, picked: number[]][] = [
    ['', [0, 1, 2, 3]],
    ['  ', [0, 1, 2, 3]],
    ['device="core-1"', [0, 1]],
    ["device='core-1'", [0, 1]],
    ['device=core-1', [0, 1]],
    ['{ device = core-1 , interface != lo }', [0]],
    ['device="core-1", interface=~"eth.*", disk!="/boot"', [0]],
    ['interface=~eth.', [0]],
    ['interface=~"eth\\d{1,2}"', [0, 2]],
    ['interface!~"eth.*"', [1, 3]],
    ['interface=eth*', [0, 2]],
    ['interface="eth*"', []],
    ['interface=""', [3]],
    ['interface!=""', [0, 1, 2]],
    ['constructor=~".+"', []],
    ['device=core-1,', [0, 1]],
  ];
  for (const [text, expected] of cases) {
    it(`reads ${text || 'an empty list as every series'}`, () => {
      assert.deepEqual(picked(text), expected);
    });
  }

  it('reads a long list, and tells long labels apart too', () => {
    const value = 'x'.repeat(5000);
    assert.equal(parseLabels('filter', 'a!~".*"').takes({ a: value }), false);
    assert.equal(parseLabels('filter', 'a=~"x+"').takes({ a: value }), true);
    assert.equal(parseLabels('filter', `a=${'x*'.repeat(400)}`).takes({ a: value }), true);
  });

  const bad: [text: string, got: string][] = [
    ['device', '"device"'],
    ['device=', '"device="'],
    ['device=a interface=b"', '"device=a interface=b\\""'],
    ['device=core-1, 1x=2', '"1x=2"'],
    ['device="core-1" "x"', '"device=\\"core-1\\" \\"x\\""'],
    ['device>3', '"device>3"'],
    ['__proto__=x', '"__proto__=x"'],
  ];
  for (const [text, got] of bad) {
    it(`tells which piece of ${text} is not understood`, () => {
      assert.throws(() => parseLabels('filter', text), {
        message: `filter: expected label matchers such as device="core-1", interface=~"eth.*", but got ${got}`,
      });
    });
  }

  it('names a regular expression that is none', () => {
    assert.throws(() => parseLabels('filter', 'device=~"(a"'), {
      message:
        'filter: expected a regular expression without look-ahead, look-behind and back-references, but got "(a"',
    });
  });
});
