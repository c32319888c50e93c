import { foreignText } from '../../shared/text.ts';

const pointer = 12;
const internet = 1;
/** labels of a name, jumps included, that are followed */
const maxSteps = 128;

/** The name under which the reverse zone has an address: `1.0.0.10.in-addr.arpa`. @param ip without a zone */
export function reverseName(ip: string): string | undefined {
  if (/^\d+(\.\d+){3}$/.test(ip)) return `${ip.split('.').reverse().join('.')}.in-addr.arpa`;
  const host = URL.parse(`http://[${ip}]/`)?.hostname.slice(1, -1);
  if (host === undefined) return undefined;
  const [before, after] = host.split('::') as [string, string?];
  const words = (side = '') => (side === '' ? [] : side.split(':'));
  const [left, right] = [words(before), words(after)];
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  const digits = [...left, ...zeros, ...right].map((word) => word.padStart(4, '0')).join('');
  return `${Array.from(digits).reverse().join('.')}.ip6.arpa`;
}

/** A question for the name of an address (RFC 1035, 4; RFC 6762, 5.1). */
export function reverseQuestion(id: number, name: string): Buffer {
  const labels = name.split('.').map((label) => {
    const bytes = Buffer.from(label);
    return Buffer.concat([Buffer.from([bytes.length]), bytes]);
  });
  const head = Buffer.from([id >> 8, id & 255, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([head, ...labels, Buffer.from([0, 0, pointer, 0, internet])]);
}

/** The name in the answer to a {@link reverseQuestion}, without `.local`; undefined where it is none, or damaged. */
export function nameInAnswer(id: number, data: Buffer): string | undefined {
  try {
    if (data.readUInt16BE(0) !== id || (data[2]! & 0x80) === 0 || (data[3]! & 15) !== 0) return;
    let at = 12;
    for (let left = Math.min(data.readUInt16BE(4), 8); left > 0; left--) {
      at = nameAt(data, at).end + 4;
    }
    for (let left = Math.min(data.readUInt16BE(6), 8); left > 0; left--) {
      const { end } = nameAt(data, at);
      if (data.readUInt16BE(end) === pointer) {
        const name = foreignText(nameAt(data, end + 10).name, 100).replace(/\.local$/i, '');
        return name === '' ? undefined : name;
      }
      at = end + 10 + data.readUInt16BE(end + 8);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

// Throws a RangeError where it goes beyond the packet, or in circles.
function nameAt(data: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let end: number | undefined;
  let at = start;
  for (let step = 0; step < maxSteps; step++) {
    const length = data.readUInt8(at);
    if (length === 0) return { name: labels.join('.'), end: end ?? at + 1 };
    if (length >= 192) {
      end ??= at + 2;
      at = data.readUInt16BE(at) & 0x3fff;
    } else {
      if (at + 1 + length > data.length) throw new RangeError('label');
      labels.push(data.toString('utf8', at + 1, at + 1 + length));
      at += 1 + length;
    }
  }
  throw new RangeError('circle');
}
