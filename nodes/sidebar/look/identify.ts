import type { FoundDevice } from '../look.ts';
import { enterprises } from './enterprises.ts';

export type Kind = FoundDevice['kind'];

/** What a device tells of itself over SNMP (RFC 3418, RFC 6933). */
export interface SystemGroup {
  description: string;
  /** undefined where it tells none */
  objectId?: string;
  /** sysServices: the layers that it works on, 2^(layer - 1) each */
  services?: number;
  /** entPhysicalModelName of its first part that tells one */
  physicalModel?: string;
}

/** The vendor of a sysObjectID; undefined where it is none that the table has. */
export function vendorOf(objectId: string | undefined): string | undefined {
  const number = enterpriseOf(objectId);
  return number === undefined ? undefined : enterprises[number];
}

function enterpriseOf(objectId: string | undefined): number | undefined {
  const [, number] = /^1\.3\.6\.1\.4\.1\.(\d{1,9})(?:\.|$)/.exec(objectId ?? '') ?? [];
  return number === undefined ? undefined : Number(number);
}

// Where a vendor's descriptions have the model. The first pattern that fits counts.
const models: Readonly<Record<number, readonly RegExp[]>> = {
  9: [
    /^Cisco IOS Software(?: \[\w+\])?, (?!Catalyst L3|IOS-XE)([\w-]+) (?:Series )?Software/,
    /^Cisco NX-OS\(tm\) ([\w-]+)/,
    /\(((?:CAT|C)\w{3,12})[-_]/,
    /^Cisco (?:Adaptive Security Appliance|IOS XR)/,
    /^((?:SG|SF|SX|CBS|C)\d{3}X?-\S+)/,
  ],
  11: [
    /\b(J[LGE\d]\w{2,3}[A-Z] [^,]{2,40}?)(?: [Ss]witch)?,/,
    /^(HP [\w-]+ Switch)/,
    /(\w+Jet [^,;]{2,40})/,
  ],
  171: [/\b(D[A-Z]{2}-\w[\w-]*)/],
  253: [/^(?:Xerox )?((?:VersaLink|AltaLink|Phaser|WorkCentre|ColorQube) [\w-]+)/],
  311: [/Software: (Windows Version [\d.]+)/],
  318: [/\bMN:([\w-]+)/],
  641: [/^Lexmark ([\w-]+)/],
  674: [/^(PowerConnect \w+)/, /\b([NSZ]\d{4}[\w-]*)\b/],
  890: [/^([A-Z]{2,4}\d{3,4}\S*)/],
  1916: [/^ExtremeXOS \(([^)]{2,40})\)/],
  1991: [/\b((?:ICX|FCX|FWS|FastIron)[\w-]*)/],
  2011: [/\b((?:S|CE|AR|NE|USG)\d{3,5}[\w-]*)/],
  2435: [/^(Brother [\w-]+)/],
  2636: [/^Juniper Networks, Inc\. (\S+)/],
  4526: [/^((?:GS|GSM|M|XS|FS|JGS)\d{3,4}\S*)/],
  6027: [/System Type: ([\w-]+)/],
  8072: [/^((?:Linux|FreeBSD|OpenBSD|NetBSD|Darwin|SunOS)) \S+ (\S+)/],
  10002: [/^([A-Z][\w-]{2,30}),? \d/, /^(EdgeOS v\d+\.\d+\.\d+)/],
  11863: [/\b((?:TL-|T|SG|EAP)\w*\d{3,4}[\w-]*)/],
  12325: [/^((?:FreeBSD|pfSense)) \S+ (\S+)/, /(?:^|\s)(FreeBSD \S+)/],
  12356: [/\b(Forti\w+-\w+)/],
  14823: [/\(MODEL: ([\w-]+)\)/],
  14988: [/^RouterOS (\S+)/],
  25461: [/\b((?:PA|VM)-\d+)/],
  30065: [/running on an Arista Networks ([\w-]+)/],
  41112: [/^([A-Z][\w-]{2,30}),? \d/, /^(EdgeOS v\d+\.\d+\.\d+)/],
};

/** The model of a device, as far as its texts tell it. */
export function modelOf({ description, objectId, physicalModel }: SystemGroup): string | undefined {
  if (physicalModel !== undefined && physicalModel !== '') return physicalModel;
  const patterns = models[enterpriseOf(objectId) ?? -1] ?? [];
  for (const pattern of patterns) {
    const found = pattern
      .exec(description)
      ?.slice(1)
      .filter((part) => part !== undefined);
    if (found && found.length > 0) return found.join(' ');
  }
  return undefined;
}

// Whose devices are mostly one thing, whatever they call themselves.
const kindsOfVendors: Readonly<Record<number, Kind>> = {
  ...{ 253: 'printer', 367: 'printer', 641: 'printer', 1248: 'printer', 1347: 'printer' },
  ...{ 1602: 'printer', 2001: 'printer', 2385: 'printer', 2435: 'printer', 18334: 'printer' },
  ...{ 318: 'ups', 476: 'ups', 534: 'ups', 705: 'ups', 850: 'ups', 3808: 'ups' },
  ...{ 311: 'server', 6574: 'server', 6876: 'server', 24681: 'server', 50536: 'server' },
  ...{ 10876: 'server', 41263: 'server', 789: 'server', 232: 'server' },
  ...{ 25053: 'access-point', 12356: 'router', 25461: 'router', 2620: 'router', 8741: 'router' },
};

// The first that fits counts: a layer-3 switch is a switch, and a switch with an access point in its name too.
const words: readonly [Kind, RegExp][] = [
  [
    'printer',
    /\b(?:printer|jetdirect|\w*laser ?jet|office ?jet|page ?wide|workcentre|versalink|mfp)\b/i,
  ],
  ['ups', /\b(?:ups|uninterruptible|smart-ups|back-ups)\b/i],
  [
    'switch',
    /\bswitch\b|\b(?:CRS|CSS)\d|\bcatalyst\b|\bNX-OS\b|\b(?:WS-)?C(?:2960|3560|3650|3750|3850|9[2-6]00)|\bCAT\dK|\bUSW\b|\bICX\d|\bprocurve\b|\bjetstream\b|ExtremeXOS|Arista Networks EOS|\b(?:GS|DGS|DES|XGS|SG)-?\d{3,4}/i,
  ],
  [
    'access-point',
    /\baccess point\b|\b(?:UAP|U6|U7|WAP|EAP|NWA)[-\d]|\bairOS\b|\(MODEL: (?:AP-)?[1-6]\d\d\w?\)/i,
  ],
  [
    'router',
    /\brouter\b|\brouter ?OS\b|\bfirewall\b|\bgateway\b|\bforti|\bpfsense\b|\bopnsense\b|\bedgeOS\b|\bvyos\b|\bopenwrt\b|\bfritz|\bAdaptive Security\b|\bIOS XR\b|\bSRX\d/i,
  ],
  [
    'server',
    /\bwindows\b|\bvmware\b|\bdiskstation\b|\bproxmox\b|\bhypervisor\b|^(?:linux|freebsd|sunos)\b/i,
  ],
];

/** What kind of device texts speak of; undefined where they tell none. */
export function kindOfWords(text: string): Kind | undefined {
  return words.find(([, pattern]) => pattern.test(text))?.[0];
}

/** What kind of device this is, as far as it tells. */
export function kindOf(system: SystemGroup): Kind {
  const { description, services = 0 } = system;
  const enterprise = enterpriseOf(system.objectId);
  const text = [description, system.physicalModel ?? ''].join(' ');
  const told = kindsOfVendors[enterprise ?? -1] ?? kindOfWords(text);
  if (told !== undefined) return told;
  // RFC 3418: 2 of bridges, 4 of routers, 64 of hosts.
  if (enterprise === 8072) return 'server';
  if (services & 2) return 'switch';
  if (services & 4) return 'router';
  return services & 64 ? 'server' : 'other';
}
