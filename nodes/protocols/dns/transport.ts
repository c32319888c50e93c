import type { RecordType } from './fields.ts';

/** What a DNS check needs. */
export interface DnsNetwork {
  /** ms since the Unix epoch */
  now(): number;
  dns(question: DnsQuestion, signal: AbortSignal): Promise<DnsReply>;
}

export interface DnsQuestion {
  server: string;
  port: number;
  name: string;
  type: RecordType;
}

export interface DnsReply {
  /** the records as texts, such as `10 mail.example.org` */
  records: string[];
  /** ms */
  duration: number;
}
