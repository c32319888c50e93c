import { parseFlowAddress } from '../address.ts';
import { type LeaseForm, leaseName } from './lease.ts';

/** the lifetime of a lease that never ends */
const forEver = '4294967295';
/** states of a lease that is used: assigned, and registered (RFC 9686) */
const used = ['', '0', '4'];

function columnsOf(line: string): string[] {
  return line.split(',').map((cell) => cell.trim());
}

function isHeading(line: string): boolean {
  const columns = columnsOf(line);
  return ['address', 'expire', 'hostname'].every((name) => columns.includes(name));
}

/** The lease files of Kea's memfile, of IPv4 and of IPv6: CSV with a heading. */
export const kea: LeaseForm = {
  isFirstLine: isHeading,
  reader: (take) => {
    let columns: Readonly<Record<string, number>> = {};
    return (line) => {
      const cells = columnsOf(line);
      if (isHeading(line)) {
        columns = Object.fromEntries(cells.map((name, i) => [name, i]));
        return;
      }
      const cell = (name: string) => cells[columns[name] ?? -1] ?? '';
      const address = parseFlowAddress(cell('address'));
      const end = cell('expire');
      // The rest of a row may not be written yet.
      if (address === undefined || !/^\d{1,12}$/.test(end)) return;
      const lifetime = cell('valid_lifetime');
      // A prefix (IA_PD) is a network.
      if (cell('lease_type') === '2') return;
      const isUsed = used.includes(cell('state')) && lifetime !== '0';
      take({
        address,
        name: isUsed ? leaseName(unescaped(cell('hostname'))) : undefined,
        until: lifetime === forEver ? Infinity : Number(end) * 1000,
      });
    };
  },
};

// What would part cells stands as its number.
function unescaped(text: string): string {
  return text.replace(/&#x([\da-f]{2});?/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
