import assert from 'node:assert/strict';
import { parseMetrics, parseNames } from '../../../nodes/shared/match/parse-filter.ts';

describe('parseNames', () => {
  const names = ['lo', 'eth0', 'eth1', 'wlan0', 'veth12'];
  const taken = (filter: string) =>
    names.filter((name) => parseNames('interfaceFilter', filter).takes(name));

  it('takes what is named, and everything where only exclusions are', () => {
    assert.deepEqual(taken(''), names);
    assert.deepEqual(taken('eth*'), ['eth0', 'eth1']);
    assert.deepEqual(taken(' eth*,!eth1 , lo '), ['lo', 'eth0']);
    assert.deepEqual(taken('!lo, !veth*'), ['eth0', 'eth1', 'wlan0']);
    assert.deepEqual(taken('e.*'), []);
  });

  it('refuses what is no list of names', () => {
    for (const bad of ['eth0,,eth1', '!', 'a\nb', 7, 'x'.repeat(5001)]) {
      assert.throws(() => parseNames('interfaceFilter', bad), {
        message: /^interfaceFilter: expected a list of names such as eth\*, !eth9, but got/,
      });
    }
  });
});

describe('parseMetrics', () => {
  const ranks = (filter: string, ...metrics: string[]) =>
    metrics.map((metric) => parseMetrics('metrics', filter).rank(metric));

  it('gives each metric the place of the first entry that fits it', () => {
    assert.deepEqual(ranks('in_rate, out_*', 'out_rate', 'in_rate', 'latency'), [1, 0, -1]);
    assert.deepEqual(ranks('a*, ab, ab', 'ab', 'a'), [0, 0]);
    assert.deepEqual(ranks('ab, a*', 'ab', 'a'), [0, 1]);
  });

  it('leaves out what has a ! before it, and takes all others where nothing else is named', () => {
    assert.deepEqual(ranks('!in_rate, in_*', 'in_rate', 'in_packets', 'latency'), [-1, 0, -1]);
    assert.deepEqual(ranks('!in_*', 'in_rate', 'latency'), [-1, 0]);
  });

  it('reads names as they come in readings, and does not mind a comma too many', () => {
    assert.deepEqual(ranks(', a b ,', 'a_b'), [0]);
    assert.deepEqual(ranks('!a b*', 'a_bc', 'c'), [-1, 0]);
  });

  for (const [bad, message] of [
    ['', /^metrics: expected a text/],
    [' , ', /^metrics: expected a text/],
    [7, /^metrics: expected a text/],
    ['a, !', /^metrics: expected names of metrics such as in_rate, tcp_\*, !tcp_resets, but got/],
    ['a\nb', /^metrics: /],
  ] as const) {
    it(`refuses ${JSON.stringify(bad)}`, () => {
      assert.throws(() => parseMetrics('metrics', bad), { message });
    });
  }
});
