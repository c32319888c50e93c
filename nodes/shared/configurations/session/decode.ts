/** Bytes, as Latin-1, as the text that they mean: UTF-8, or what is none in the character set of Windows. */
export function decode(bytes: string): string {
  if (!/[\x80-\xff]/.test(bytes)) return bytes;
  const data = Buffer.from(bytes, 'latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    return new TextDecoder('windows-1252').decode(data);
  }
}

/** A text as Latin-1 characters, one for each byte that is sent of it. */
export function encode(text: string): string {
  return Buffer.from(text).toString('latin1');
}

/** Whether so many of its characters are such as no text has that it is a program, a picture or an archive. */
export function isBinary(strange: number, length: number): boolean {
  return strange > 10 && strange > length / 100;
}
