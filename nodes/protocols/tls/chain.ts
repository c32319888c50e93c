import type { X509Certificate } from 'node:crypto';

/** The certificate of a chain that ends first. */
export interface FirstToEnd {
  /** ms since the Unix epoch */
  validTo: number;
  /** its subject's name, unless it is the server's own */
  subject?: string;
}

/**
 * Which certificate that the server sends, and that is needed, ends first: the way is followed from the
 * server's own up to what an authority that is trusted has signed. What it sends beyond that does not count:
 * many send a root that ended long ago for the sake of old clients.
 * @param sent the server's own first
 * @param trusted the authorities
 */
export function firstToEnd(
  sent: readonly X509Certificate[],
  trusted: readonly X509Certificate[],
): FirstToEnd {
  const [own, ...others] = sent as [X509Certificate, ...X509Certificate[]];
  let first: FirstToEnd = { validTo: Date.parse(own.validTo) };
  let current = own;
  const left = new Set(others);
  while (!trusted.some((authority) => hasSigned(authority, current))) {
    const issuer = [...left].find((certificate) => hasSigned(certificate, current));
    if (!issuer) break;
    left.delete(issuer);
    current = issuer;
    const validTo = Date.parse(issuer.validTo);
    if (validTo < first.validTo) first = { validTo, subject: nameOf(issuer) };
  }
  return first;
}

function hasSigned(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return (
    issuer.subject === certificate.issuer &&
    certificate.checkIssued(issuer) &&
    certificate.verify(issuer.publicKey)
  );
}

function nameOf({ subject }: X509Certificate): string {
  return /^CN=(.+)$/m.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ');
}
