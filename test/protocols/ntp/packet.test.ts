import assert from 'node:assert/strict';
import fc from 'fast-check';
import { question, readAnswer } from '../../../nodes/protocols/ntp/packet.ts';

const nonce = Buffer.from('0123456789abcdef', 'hex');

/** An answer to the question with that nonce, with some of its bytes changed. */
function answer(changes: Readonly<Record<number, string>> = {}): Buffer {
  const bytes = Buffer.from(
    [
      '24 02 06 e9', // leap 0, version 4, mode 4; stratum 2; poll 6; precision -23
      '00 00 19 9a', // root delay 0.1 s
      '00 01 80 00', // root dispersion 1.5 s
      'c0 00 02 01', // 192.0.2.1
      'ec d2 00 00 00 00 00 00', // reference timestamp
      nonce.toString('hex'),
      'ec d2 00 01 80 00 00 00', // receive timestamp
      'ec d2 00 01 c0 00 00 00', // transmit timestamp
    ]
      .join('')
      .replaceAll(' ', ''),
    'hex',
  );
  for (const [at, hex] of Object.entries(changes)) Buffer.from(hex, 'hex').copy(bytes, Number(at));
  return bytes;
}

const text = (letters: string) => Buffer.from(letters, 'latin1').toString('hex');

describe("A client's question over NTP", () => {
  it('is of version 4 or 3, and tells nothing but what an answer must repeat', () => {
    const rest = '00'.repeat(39) + nonce.toString('hex');
    assert.equal(Buffer.from(question(4, nonce)).toString('hex'), `23${rest}`);
    assert.equal(Buffer.from(question(3, nonce)).toString('hex'), `1b${rest}`);
  });
});

describe("A time server's answer", () => {
  it('has each field where RFC 5905 puts it', () => {
    const { rootDelay, ...others } = readAnswer(answer(), nonce);
    assert.deepEqual(others, {
      leap: 0,
      stratum: 2,
      reference: '',
      rootDispersion: 1500,
      receive: 0xecd20001_80000000n,
      transmit: 0xecd20001_c0000000n,
    });
    assert.equal(rootDelay?.toFixed(2), '100.01');
  });

  it('names the clock of stratum 1, filled up with zeros or blanks', () => {
    const named = (letters: string) =>
      readAnswer(answer({ 1: '01', 12: text(letters) }), nonce).reference;
    assert.equal(named('GPS\0'), 'GPS');
    assert.equal(named('PPS '), 'PPS');
    assert.equal(named('DCFa'), 'DCFa');
    assert.equal(named('\0\0\0\0'), '');
    assert.equal(named('G\nS\0'), '');
  });

  it('of stratum 0 is of 16, as its server means it', () => {
    const { leap, stratum, reference } = readAnswer(answer({ 0: 'e400', 12: text('INIT') }), nonce);
    assert.deepEqual([leap, stratum, reference], [3, 16, 'INIT']);
  });

  it('may be of version 3 or older, and have fields behind it', () => {
    for (const head of ['0c', '14', '1c', '24']) {
      assert.equal(readAnswer(answer({ 0: head }), nonce).stratum, 2);
    }
    assert.equal(readAnswer(Buffer.concat([answer(), Buffer.alloc(20)]), nonce).stratum, 2);
  });

  it('has no root delay below zero, as version 3 could tell', () => {
    assert.equal(readAnswer(answer({ 4: 'ffff0000' }), nonce).rootDelay, undefined);
  });

  for (const [what, bytes, reason] of [
    ['a short one', answer().subarray(0, 47), '47 bytes'],
    ['an empty one', Buffer.alloc(0), '0 bytes'],
    ['a question', answer({ 0: '23' }), 'mode 3'],
    ['a broadcast', answer({ 0: '25' }), 'mode 5'],
    ['version 0', answer({ 0: '04' }), 'version 0'],
    ['version 5', answer({ 0: '2c' }), 'version 5'],
    ['an answer to another question', answer({ 31: 'ee' }), 'origin timestamp'],
  ] as const) {
    it(`is not ${what}`, () => {
      assert.throws(() => readAnswer(bytes, nonce), {
        name: 'Problem',
        message: `what answers does not speak NTP properly (${reason})`,
      });
    });
  }

  it('is read as one or refused with a problem, whatever its bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.boolean(), (bytes, repeats) => {
        if (repeats) {
          bytes.set(nonce.subarray(0, Math.max(0, bytes.length - 24)), 24 % (bytes.length + 1));
        }
        try {
          const {
            leap,
            stratum,
            reference,
            rootDelay = 0,
            rootDispersion,
          } = readAnswer(bytes, nonce);
          assert.ok(leap >= 0 && leap <= 3 && stratum >= 1 && stratum <= 255);
          assert.match(reference, /^[\x21-\x7e]{0,4}$/);
          assert.ok(rootDelay >= 0 && rootDispersion >= 0);
        } catch (error) {
          assert.equal((error as Error).name, 'Problem');
        }
      }),
    );
  });
});
