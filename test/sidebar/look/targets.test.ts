import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseTargets } from '../../../nodes/sidebar/look/targets.ts';

const hosts = (text: string) =>
  parseTargets(text).map(({ host, port }) => (port === undefined ? host : `${host} ${port}`));

describe('parseTargets', () => {
  it('reads addresses, names, ports and zones, divided by commas, blanks and lines', () => {
    assert.deepEqual(
      hosts(' 10.0.0.1, sw-1\ncore.example.org:1161;fe80::1%eth0 [fd00::0:1]:161\t10-g-1 '),
      ['10.0.0.1', 'sw-1', 'core.example.org 1161', 'fe80::1%eth0', 'fd00::1 161', '10-g-1'],
    );
  });

  it('reads ranges', () => {
    assert.deepEqual(hosts('10.0.1.5-7'), ['10.0.1.5', '10.0.1.6', '10.0.1.7']);
    assert.deepEqual(hosts('10.0.1.254-10.0.2.1'), [
      ...['10.0.1.254', '10.0.1.255', '10.0.2.0', '10.0.2.1'],
    ]);
    assert.deepEqual(hosts('10.0.1.5-5'), ['10.0.1.5']);
  });

  it('reads networks, without their own address and that of their broadcast', () => {
    assert.deepEqual(hosts('10.0.0.0/30'), ['10.0.0.1', '10.0.0.2']);
    // Whatever the address within it.
    assert.deepEqual(hosts('10.0.0.6/30'), ['10.0.0.5', '10.0.0.6']);
    assert.equal(hosts('10.0.0.0/24').length, 254);
    assert.deepEqual(
      [hosts('10.0.0.0/24')[0], hosts('10.0.0.0/24').at(-1)],
      [...['10.0.0.1', '10.0.0.254']],
    );
    assert.deepEqual(hosts('10.0.0.8/31'), ['10.0.0.8', '10.0.0.9']);
    assert.deepEqual(hosts('10.0.0.8/32'), ['10.0.0.8']);
    assert.deepEqual(hosts('fd00::/126'), ['fd00::1', 'fd00::2', 'fd00::3']);
    assert.deepEqual(hosts('fd00::a/127'), ['fd00::a', 'fd00::b']);
    assert.deepEqual(hosts('fd00::a/128'), ['fd00::a']);
    assert.equal(hosts('fd00::/118').length, 1023);
  });

  it('takes each once', () => {
    assert.deepEqual(hosts('10.0.0.2 10.0.0.0/30 SW-1 sw-1 10.0.0.1-3 fd00::1 fd00::0:1'), [
      ...['10.0.0.2', '10.0.0.1', 'sw-1', '10.0.0.3', 'fd00::1'],
    ]);
  });

  it('takes 1,024 addresses, and no more', () => {
    assert.equal(hosts('10.0.0.0/22').length, 1022);
    assert.equal(hosts('10.0.0.0-10.0.3.255').length, 1024);
    const message = (count: string) =>
      `these are ${count} addresses, and at most 1,024 can be looked at at a time`;
    for (const [text, count] of [
      ['10.0.0.0/22 10.1.0.1-3', '1,025'],
      ['10.0.0.0-10.0.4.0', '1,025'],
      ['10.0.0.0/16', '65,534'],
      ['10.0.0.0/8', '> 1,000,000'],
      ['fd00::/117', '2,047'],
      ['fd00::/64', '> 1,000,000'],
      [Array.from({ length: 1025 }, (_, i) => `sw-${i}`).join(), '1,025'],
    ] as const) {
      assert.throws(() => parseTargets(text), { message: message(count) });
    }
  });

  it('names what it cannot read', () => {
    const list = (text: string, parts: string[]) =>
      assert.throws(() => parseTargets(text), {
        key: 'lookTarget',
        params: { list: parts.map((part) => JSON.stringify(part)).join(', ') },
      });
    list('10.0.0.1, 10.0.0.256 sw_1 http://sw-1/', ['10.0.0.256', 'http://sw-1/']);
    for (const bad of [
      ...[
        '10.0.0.0/33',
        '10.0.0/24',
        'fd00::/129',
        '/24',
        '10.0.0.0/',
        'sw-1/24',
        '10.0.0.0/24:161',
      ],
      ...['10.0.0.9-5', '10.0.0.1-256', '10.0.0-5', '10.0.1.0-10.0.0.0', '1-2', '-', '10.0.0.0/-1'],
      // They are no device's.
      ...['0.0.0.0', '224.0.0.1', '255.255.255.255', '239.0.0.0/30', '::', 'ff02::1', '0.0.0.0/24'],
      ...['192.168.0.1-224.0.0.1', '<b>', '{{a}}', '10.0.0.1:0', '10.0.0.1:70000'],
    ]) {
      list(bad, [bad]);
    }
    assert.throws(() => parseTargets('? ?? ??? ???? ????? ??????'), {
      params: { list: '"?", "??", "???", "????", "?????", …' },
    });
  });

  it('wants something, and not too much', () => {
    for (const nothing of ['', ' \n', undefined, null, 5, []]) {
      assert.throws(() => parseTargets(nothing), { key: 'lookNothing' });
    }
    assert.throws(() => parseTargets(','), { key: 'lookNothing' });
    assert.throws(() => parseTargets('a'.repeat(65_537)), { key: 'lookTooLong' });
  });

  it('reads or refuses whatever comes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\da-f.:/\-%, s]{0,60}$/), (text) => {
        try {
          const found = parseTargets(text);
          assert.ok(found.length >= 1 && found.length <= 1024);
        } catch (error) {
          assert.equal((error as Error).name, 'Problem');
        }
      }),
    );
  });
});
