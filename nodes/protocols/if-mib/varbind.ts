/** A value and where it stands. */
export interface Varbind {
  /** with numbers only, and no dot in front */
  oid: string;
  /** its ASN.1 tag */
  type: number;
  /** a Counter64 comes as its bytes; null where the device sent none, whatever the type */
  value: number | string | boolean | Uint8Array | null;
}
