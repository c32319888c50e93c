import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nameInAnswer, reverseName, reverseQuestion } from '../../../nodes/sidebar/look/mdns.ts';

const question = 'f: 1.0.0.10.in-addr.arpa';
const asked = reverseQuestion(0x1234, question.slice(3));

/** An answer to it: its head, the question, and records. */
function answer(records: Buffer[], { id = 0x1234, flags = 0x8400 } = {}): Buffer {
  const head = Buffer.alloc(12);
  [id, flags, 1, records.length].forEach((value, i) => head.writeUInt16BE(value, 2 * i));
  return Buffer.concat([head, asked.subarray(12), ...records]);
}

/** A record at the name of the question, to which it points. */
function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  [0xc00c, type, 0x8001, 0, 120, data.length].forEach((value, i) =>
    head.writeUInt16BE(value, 2 * i),
  );
  return Buffer.concat([head, data]);
}

const labels = (name: string) =>
  Buffer.concat([
    ...name
      .split('.')
      .map((label) => Buffer.from([Buffer.byteLength(label), ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);

describe('the name of an address by mDNS', () => {
  it('is asked at the reverse name', () => {
    assert.equal(reverseName('10.0.0.1'), '1.0.0.10.in-addr.arpa');
    assert.equal(reverseName('fe80::1'), `1.${'0.'.repeat(28)}8.e.f.ip6.arpa`);
    assert.equal(reverseName('sw-1'), undefined);
    assert.equal(
      asked.toString('hex'),
      `123400000001000000000000${labels('1.0.0.10.in-addr.arpa').toString('hex')}000c0001`,
    );
  });

  it('is read of the answer, without .local', () => {
    const printer = record(12, labels('printer-2.local'));
    assert.equal(nameInAnswer(0x1234, answer([printer])), 'printer-2');
    assert.equal(
      nameInAnswer(0x1234, answer([record(1, Buffer.from([10, 0, 0, 1])), printer])),
      'printer-2',
    );
    // It points into what is there already.
    const pointing = record(12, Buffer.from([1, 0x78, 0xc0, 14]));
    assert.equal(nameInAnswer(0x1234, answer([pointing])), 'x.0.0.10.in-addr.arpa');
    const hostile = record(12, labels('<b>\u0000\n\u202ex</b>.local'));
    assert.equal(nameInAnswer(0x1234, answer([hostile])), '<b> x</b>');
  });

  it('is none where the answer is another’s, an error, or damaged', () => {
    const printer = record(12, labels('printer-2.local'));
    assert.equal(nameInAnswer(1, answer([printer])), undefined);
    assert.equal(nameInAnswer(0x1234, answer([printer], { flags: 0x0400 })), undefined);
    assert.equal(nameInAnswer(0x1234, answer([printer], { flags: 0x8403 })), undefined);
    assert.equal(nameInAnswer(0x1234, answer([])), undefined);
    assert.equal(nameInAnswer(0x1234, answer([record(12, Buffer.from([0]))])), undefined);
    const whole = answer([printer]);
    for (let end = 0; end < whole.length; end++) {
      assert.equal(nameInAnswer(0x1234, whole.subarray(0, end)), undefined, String(end));
    }
    // In circles, for ever.
    const circle = record(12, Buffer.from([0xc0, asked.length + 12]));
    assert.equal(nameInAnswer(0x1234, answer([circle])), undefined);
  });

  it('is a short text or none, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const name = nameInAnswer(0x1234, Buffer.from([0x12, 0x34, 0x84, 0, 0, 0, 0, 2, ...bytes]));
        assert.ok(name === undefined || (name.length >= 1 && name.length <= 100));
      }),
    );
  });
});
