import type { FoundDevice, FoundInterface } from './look.ts';

/** protocols that tell more than whether something answers */
const telling = ['snmp', 'prometheus', 'http'];

/** ports that are ticked at first where none is an uplink or named: those of a small device */
const fewPorts = 8;

/** Whether a device is ticked at first: where it is the only one, or tells more than that it is there. */
export function isTickedAtFirst(device: FoundDevice, found: number): boolean {
  return found === 1 || device.ways.some(({ protocol }) => telling.includes(protocol));
}

/** The names of the ports that are ticked at first: the uplinks and those that somebody gave a name. */
export function portsTickedAtFirst({ interfaces }: FoundDevice): string[] {
  const ports = interfaces.filter(({ isVirtual, isSwitchedOff }) => !isVirtual && !isSwitchedOff);
  const named = ports.filter(({ isUplink, alias }) => isUplink || Boolean(alias?.trim()));
  const few = ports.length <= fewPorts ? ports.filter(({ isUp }) => isUp) : [];
  return (named.length > 0 ? named : few).map(({ name }) => name);
}

/** The interfaces that a search finds, in name or alias. */
export function searchPorts(
  interfaces: readonly FoundInterface[],
  { text, uplinksOnly }: { text: string; uplinksOnly: boolean },
): FoundInterface[] {
  const wanted = text.trim().toLowerCase();
  return interfaces.filter(
    ({ name, alias = '', isUplink }) =>
      (isUplink || !uplinksOnly) && `${name} ${alias}`.toLowerCase().includes(wanted),
  );
}

/** The largest unit that makes a duration at least 1: "100 days". */
export function uptimeOf(seconds: number): { key: 'days' | 'hours' | 'minutes'; count: number } {
  if (seconds >= 2 * 86_400) return { key: 'days', count: Math.floor(seconds / 86_400) };
  if (seconds >= 2 * 3600) return { key: 'hours', count: Math.floor(seconds / 3600) };
  return { key: 'minutes', count: Math.floor(seconds / 60) };
}
