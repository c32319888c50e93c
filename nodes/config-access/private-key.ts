/**
 * A private key with the line breaks that PEM wants: an input of one line has taken them away. What is no such key
 * stays as it is.
 */
export function wrappedKey(text: string): string {
  const [, kind, inner] =
    /^\s*-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----(.*)-----END \1-----\s*$/s.exec(text) ?? [];
  if (kind === undefined || inner!.trim().includes('\n')) return text.trim();
  // RFC 1421, 4.6.1: what an encrypted key of the older form begins with.
  const [, encrypted, body] =
    /^\s*Proc-Type: ?4,ENCRYPTED\s*DEK-Info: ?([A-Z0-9-]+,(?:[0-9A-F]{32}|[0-9A-F]{16}))\s*(.*)$/.exec(
      inner!,
    ) ?? [];
  const head = encrypted === undefined ? '' : `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${encrypted}\n\n`;
  const base64 = (body ?? inner!).replace(/\s+/g, '');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${kind}-----\n${head}${lines.join('\n')}\n-----END ${kind}-----\n`;
}
