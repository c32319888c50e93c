import assert from 'node:assert/strict';
import { snappy } from '../../../../nodes/shared/history/remote-write/snappy.ts';
import {
  encodeLabels,
  encodeWriteRequest,
} from '../../../../nodes/shared/history/remote-write/write-request.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const inHex = (text: string) => Buffer.from(text).toString('hex');

describe('a request of remote write', () => {
  it('is a message of protobuf', () => {
    const labels = encodeLabels({ metric: 'up', labels: { device: 'a' } }, {});
    assert.equal(
      hex(labels),
      // label, 14 bytes: name, 8 bytes; value, 2 bytes
      `0a0e0a08${inHex('__name__')}1202${inHex('up')}0a0b0a06${inHex('device')}1201${inHex('a')}`,
    );
    const series = { labels, times: [1_000, 1_795_353_959_000], values: [1.5, -2] };
    assert.equal(
      hex(encodeWriteRequest([series])),
      `0a3d${hex(labels)}` +
        // sample, 12 bytes: 1.5 in 8 bytes, the lowest first; 1000 = 7 * 128 + 104
        '120c09000000000000f83f10e807' +
        '121009' +
        '00000000000000c0' +
        '10d8b4bd9ba034',
    );
  });

  it('sorts labels as Prometheus wants them, and has its own and added ones once', () => {
    const of = (labels: Record<string, string>, added: Record<string, string> = {}) =>
      Buffer.from(encodeLabels({ metric: 'disk.io/rate-1', labels }, added)).toString('latin1');
    const [a, b] = [of({ b: '1', Z: '2', a: '3' }), of({ a: '3', b: '1', Z: '2' })];
    assert.equal(a, b);
    assert.ok(a.indexOf('Z') < a.indexOf('__name__') && a.indexOf('__name__') < a.indexOf('a\x12'));
    assert.ok(a.includes('disk_io_rate_1'));
    // The series' own label counts.
    assert.equal(of({ site: 'north' }, { site: 'south' }), of({ site: 'north' }));
    assert.equal(of({}, { site: 'south' }), of({ site: 'south' }));
    assert.equal(of({ site: '' }), of({}));
    assert.equal(of({ __x: '1' }), of({ _x: '1' }));
    assert.equal(of({ _x: '1', __x: '1' }), of({ _x: '1' }));
  });

  it('takes any text as a label', () => {
    const value = 'say "hi"\n☃ 🐘';
    const bytes = encodeLabels({ metric: 'm', labels: { a: value } }, {});
    assert.ok(Buffer.from(bytes).includes(Buffer.from(value)));
  });
});

describe('snappy', () => {
  it('has the length and the bytes as literals', () => {
    assert.equal(hex(snappy(new Uint8Array())), '00');
    assert.equal(hex(snappy(Uint8Array.of(7, 8))), '02040708');
    const sixty = new Uint8Array(60).fill(9);
    assert.equal(hex(snappy(sixty)), `3cec${hex(sixty)}`);
    const more = new Uint8Array(61).fill(9);
    assert.equal(hex(snappy(more)), `3df43c00${hex(more)}`);
  });

  it('takes more than one literal for what is long', () => {
    const long = new Uint8Array(65_537).fill(3);
    const first = '03'.repeat(65_536);
    assert.equal(hex(snappy(long)), `818004f4ffff${first}0003`);
  });
});
