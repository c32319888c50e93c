/** A value of a device. */
export interface Cell {
  /** its ASN.1 tag */
  type: number;
  /**
   * a Counter64 comes as its bytes, or as the count where that has been read; null where the device sent
   * none, whatever the type
   */
  value: number | bigint | string | boolean | Uint8Array | null;
}

/** A value and where it stands. */
export interface Varbind extends Cell {
  /** with numbers only, and no dot in front */
  oid: string;
}
