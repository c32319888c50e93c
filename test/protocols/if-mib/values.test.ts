import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  count,
  kept,
  label,
  measured,
  number,
  seconds,
  text,
} from '../../../nodes/protocols/if-mib/values.ts';
import type { Varbind } from '../../../nodes/protocols/if-mib/varbind.ts';
import { bytes, tag } from '../../support/snmp-mib.ts';

const of = (type: number, value: Varbind['value']): Varbind => ({ oid: '1.3', type, value });
const octets = (value: string | number[]) => of(tag.octets, Buffer.from(value as string));

describe('SNMP values', () => {
  it('read a Counter64 of any length exactly', () => {
    const counter = (...list: number[]) => count(of(tag.counter64, Uint8Array.from(list)));
    assert.equal(counter(0), 0);
    assert.equal(counter(1, 0), 256);
    assert.equal(counter(0, 255), 255);
    // The first bit is no sign, also where the agent left out the zero.
    assert.equal(counter(255), 255);
    assert.equal(counter(0x20, 0, 0, 0, 0, 0, 1), 2n ** 53n + 1n);
    assert.equal(counter(0, 255, 255, 255, 255, 255, 255, 255, 255), 2n ** 64n - 1n);
    assert.equal(counter(255, 255, 255, 255, 255, 255, 255, 255), 2n ** 64n - 1n);
    for (const bad of [[], [1, 0, 0, 0, 0, 0, 0, 0, 0], new Array<number>(10).fill(0)]) {
      assert.equal(counter(...bad), undefined);
    }
  });

  it('read any Counter64 that there is', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
        const read = count(of(tag.counter64, bytes(value)));
        assert.equal(BigInt(read!), value);
        assert.equal(typeof read, value <= Number.MAX_SAFE_INTEGER ? 'number' : 'bigint');
      }),
    );
  });

  it('are kept without their place, and a Counter64 as the count that it is', () => {
    const cell = kept(of(tag.counter64, bytes(2n ** 63n)));
    assert.deepEqual(cell, { type: tag.counter64, value: 2n ** 63n });
    assert.equal(count(cell), 2n ** 63n);
    assert.equal(label(cell), '9223372036854775808');
    assert.equal(count(kept(of(tag.counter64, bytes(7n)))), 7);
    assert.equal(count(kept(of(tag.counter64, new Uint8Array()))), undefined);
    assert.deepEqual(kept(octets('a')), { type: tag.octets, value: Buffer.from('a') });
  });

  it('are nothing where the device sent none or something else', () => {
    for (const nothing of [undefined, of(tag.gauge, null), of(tag.counter64, null), octets('7')]) {
      assert.equal(number(nothing), undefined);
      assert.equal(count(nothing), undefined);
      assert.equal(seconds(nothing), undefined);
    }
    assert.equal(text(undefined), '');
    assert.equal(text(of(tag.octets, null)), '');
    assert.equal(label(of(tag.octets, null)), '');
  });

  it('read a time in seconds', () => {
    assert.equal(seconds(of(tag.ticks, 12_345)), 123.45);
    assert.equal(seconds(of(tag.gauge, 12_345)), undefined);
  });

  for (const [bytes, expected] of [
    ['Uplink zum Büro', 'Uplink zum Büro'],
    [[0x42, 0xfc, 0x72, 0x6f], 'Büro'],
    ['eth0\0', 'eth0'],
    ['\0\0', ''],
    ['a\r\nb\u0007\u001b[31mc', 'a b [31mc'],
    ['safe\u202egnp.exe', 'safe gnp.exe'],
    [[...Buffer.from('Geschoß 3 –').subarray(0, -1)], 'Geschoß 3'],
    [[...Buffer.from('Geschoß ß').subarray(0, -1)], 'Geschoß'],
    [[0x43, 0x61, 0x66, 0xe9], 'Café'],
    ['x'.repeat(400), 'x'.repeat(255)],
  ] as const) {
    it(`read ${JSON.stringify(bytes).slice(0, 40)} as a text`, () => {
      assert.equal(text(octets(bytes as string)), expected);
    });
  }

  it('never give a text with control characters, on two lines or too long', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (value) => {
        const read = text(of(tag.octets, value));
        assert.match(read, /^[^\p{Cc}\p{Zl}\p{Zp}]{0,255}$/u);
        assert.ok(read.isWellFormed());
      }),
    );
  });

  it('make labels of anything', () => {
    assert.equal(label(octets('Gi0/1')), 'Gi0/1');
    assert.equal(label(octets([0, 0x1b, 0x21, 0x3c, 0x4d, 0x5e])), '00:1b:21:3c:4d:5e');
    assert.equal(label(of(tag.integer, -7)), '-7');
    assert.equal(label(of(tag.oid, '1.3.6')), '1.3.6');
    assert.equal(label(of(tag.counter64, bytes(2n ** 63n))), '9223372036854775808');
  });

  it('measure numbers and numbers in texts', () => {
    assert.equal(measured(of(tag.integer, -40)), -40);
    assert.equal(measured(octets('23.5 C')), 23.5);
    assert.equal(measured(octets('-1e3')), -1000);
    assert.equal(measured(octets('n/a')), undefined);
  });
});
