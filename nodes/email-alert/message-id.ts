import { randomUUID } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { Address } from '../shared/mail/send-mail.ts';

/**
 * A new Message-ID of the sender's domain (RFC 5322 section 3.6.4). It is ASCII, as every header of a mail
 * without SMTPUTF8.
 */
export function newMessageId({ address }: Address): string {
  const domain = domainToASCII(address.slice(address.lastIndexOf('@') + 1));
  return `<${randomUUID()}@${domain || 'localhost'}>`;
}
