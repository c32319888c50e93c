const key = 'netmon-addresses';
const asked = 'netmon-interfaces-of';

/** Offers the addresses in an open dialog to those above it, for they may not be saved yet. */
export function offerAddresses(read: () => string[]): void {
  $(document).data(key, read as unknown as object);
}

/** The addresses in the dialog below, if it offers any. */
export function offeredAddresses(): string[] {
  const read = $(document).data(key) as (() => string[]) | undefined;
  return read?.() ?? [];
}

/** Has the dialog of a device access that opens next list the interfaces of a device at once. */
export function askForInterfaces(address: string): void {
  $(document).data(asked, address);
}

/** The address of the device whose interfaces the dialog below asked for; only once. */
export function askedInterfaces(): string | undefined {
  const address = $(document).data(asked) as string | undefined;
  $(document).removeData(asked);
  return address;
}
