import { parseFlowAddress } from '../address.ts';
import { type LeaseForm, leaseName } from './lease.ts';

// When it ends, hardware address or IAID, IP address, name or `*`, client id or DUID.
const lease = /^(\d{1,12})\s+\S+\s+([\d.]{7,15}|[\da-f:.]{2,45})\s+(\S+)(?:\s|$)/i;

/** s that a lease may last; what is more is the time of its end, for there dnsmasq has a clock */
const longestLease = 1e8;

/** `dnsmasq.leases`, as dnsmasq writes it, and with it OpenWrt, Pi-hole, UniFi and libvirt. */
export const dnsmasq: LeaseForm = {
  isFirstLine: (line) => lease.test(line) || /^duid\s+[\da-f:]+\s*$/i.test(line),
  reader: (take) => (line) => {
    const [, end, text, name] = lease.exec(line) ?? [];
    const address = text === undefined ? undefined : parseFlowAddress(text);
    if (address === undefined) return;
    const seconds = Number(end);
    // Where a system has no clock, the time that is left stands there; 0 is for ever.
    const until = seconds < longestLease ? Infinity : seconds * 1000;
    take({ address, name: leaseName(name), until });
  },
};
