const key = 'netmon-addresses';

/** Offers the addresses in an open dialog to those above it, for they may not be saved yet. */
export function offerAddresses(read: () => string[]): void {
  $(document).data(key, read as unknown as object);
}

/** The addresses in the dialog below, if it offers any. */
export function offeredAddresses(): string[] {
  const read = $(document).data(key) as (() => string[]) | undefined;
  return read?.() ?? [];
}
