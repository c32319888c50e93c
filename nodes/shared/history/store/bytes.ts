/** Writes bytes, numbers of any length and numbers of a few bits. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(capacity = 64) {
    this.#bytes = new Uint8Array(capacity);
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** A whole number from 0 to 2^53 in groups of 7 bits, the lowest first (LEB128). */
  varint(value: number): void {
    this.#reserve(8);
    while (value >= 128) {
      this.#bytes[this.#length++] = (value % 128) + 128;
      value = Math.floor(value / 128);
    }
    this.#bytes[this.#length++] = value;
  }

  /** A whole number between -2^52 and 2^52: the sign is the lowest bit. */
  signed(value: number): void {
    this.varint(value < 0 ? -value * 2 - 1 : value * 2);
  }

  /** Whole numbers of so many bits each, the lowest bits first. */
  bits(values: ArrayLike<number>, width: number): void {
    if (width === 0) return;
    this.#reserve(Math.ceil((values.length * width) / 8) + 8);
    const bytes = this.#bytes;
    let at = this.#length;
    // What has not filled a byte yet: less than 8 bits of it.
    let held = 0;
    let heldBits = 0;
    for (let i = 0; i < values.length; i++) {
      let value = values[i]!;
      let left = width;
      while (left > 0) {
        const take = Math.min(left, 24);
        const part = value % 2 ** take;
        value = Math.floor(value / 2 ** take);
        left -= take;
        held |= part << heldBits;
        heldBits += take;
        while (heldBits >= 8) {
          bytes[at++] = held & 255;
          held >>>= 8;
          heldBits -= 8;
        }
      }
    }
    if (heldBits > 0) bytes[at++] = held;
    this.#length = at;
  }

  /** A double in 8 bytes, the lowest first. */
  double(value: number): void {
    this.#reserve(8);
    new DataView(this.#bytes.buffer).setFloat64(this.#length, value, true);
    this.#length += 8;
  }

  put(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** What was written so far. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Reads what a {@link ByteWriter} wrote. Each method throws a RangeError beyond the end. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    const value = this.#bytes[this.#at++];
    if (value === undefined) throw new RangeError('beyond the end');
    return value;
  }

  varint(): number {
    let value = 0;
    let weight = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * weight;
      if (byte < 128) return value;
      weight *= 128;
      if (weight > 2 ** 53) throw new RangeError('a number of too many bytes');
    }
  }

  signed(): number {
    const value = this.varint();
    return value % 2 === 1 ? -((value + 1) / 2) : value / 2;
  }

  /** Fills `values` with numbers of so many bits each. */
  bits(values: Float64Array, width: number): void {
    if (width === 0) return;
    const bytes = this.#bytes;
    let at = this.#at;
    if (at + Math.ceil((values.length * width) / 8) > bytes.length) {
      throw new RangeError('beyond the end');
    }
    let held = 0;
    let heldBits = 0;
    for (let i = 0; i < values.length; i++) {
      let value = 0;
      let weight = 1;
      let left = width;
      while (left > 0) {
        if (heldBits === 0) {
          held = bytes[at++]!;
          heldBits = 8;
        }
        const take = Math.min(left, heldBits);
        value += (held & ((1 << take) - 1)) * weight;
        weight *= 1 << take;
        held >>>= take;
        heldBits -= take;
        left -= take;
      }
      values[i] = value;
    }
    this.#at = at;
  }

  /** The next bytes, without a copy; all that is left where no length is given. */
  take(length = this.#bytes.length - this.#at): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw new RangeError('beyond the end');
    const part = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return part;
  }
}
