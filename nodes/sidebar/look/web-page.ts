import { foreignText } from '../../shared/text.ts';

/** What a web server answered, as it came. */
export interface WebAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** the beginning of its text */
  body: string;
  /** of HTTPS: whom its certificate is for, and whether it is trusted */
  certificate?: { subject: string; isTrusted: boolean };
  /** ms until the answer began */
  responseTime: number;
}

/** characters of each text that a server tells of itself */
const maxText = 100;

const named: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' },
  ...{ ndash: '–', mdash: '—', copy: '©', reg: '®', auml: 'ä', ouml: 'ö', uuml: 'ü', szlig: 'ß' },
};

/** The title of an HTML page, as text on one line; empty where it has none. */
function titleOf(html: string): string {
  const [, title = ''] = /<title[^>]{0,200}>([^<]{0,500})/i.exec(html) ?? [];
  return foreignText(
    title.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi, decoded),
    maxText,
  );
}

function decoded(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return named[name.toLowerCase()] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

/** All that a server tells of itself, each on one line: title, `server`, the realm of its login, its certificate's name. */
export function wordsOf({ headers, body, certificate }: WebAnswer): string[] {
  const header = (name: string) => {
    const value = headers[name];
    return foreignText((Array.isArray(value) ? value[0] : value) ?? '', maxText);
  };
  const [, realm = ''] = /realm="([^"]*)"/i.exec(header('www-authenticate')) ?? [];
  return [
    titleOf(body),
    header('server'),
    realm,
    foreignText(certificate?.subject ?? '', maxText),
  ].filter((text) => text !== '');
}

// What web pages tell of their makers, and the mapping for the maker's API where Netmon has one.
const makers: readonly { words: RegExp; vendor: string; mapping?: string }[] = [
  { words: /\bRouterOS\b|\bMikroTik\b|\bwebfig\b/i, vendor: 'MikroTik', mapping: 'mikrotik' },
  { words: /\bFortiGate\b|\bFortinet\b/i, vendor: 'Fortinet', mapping: 'fortigate' },
  { words: /\bUniFi\b/i, vendor: 'Ubiquiti', mapping: 'unifi' },
  { words: /\bArista\b|\bCOMMAND_API\b/i, vendor: 'Arista', mapping: 'arista-eapi' },
  { words: /\bNX-?API\b|\bNexus\b/i, vendor: 'Cisco', mapping: 'cisco-nx-api' },
  { words: /\bCisco\b|\blevel_15_access\b/i, vendor: 'Cisco' },
  { words: /\bUbiquiti\b|\bairOS\b|\bEdgeOS\b/i, vendor: 'Ubiquiti' },
  { words: /\bFRITZ!?Box\b/i, vendor: 'AVM' },
  { words: /\bSynology\b|\bDiskStation\b/i, vendor: 'Synology' },
  { words: /\bQNAP\b/i, vendor: 'QNAP' },
  { words: /\bTrueNAS\b/i, vendor: 'TrueNAS' },
  { words: /\bProxmox\b/i, vendor: 'Proxmox' },
  { words: /\bOPNsense\b/i, vendor: 'OPNsense' },
  { words: /\bpfSense\b/i, vendor: 'pfSense' },
  { words: /\bOpenWrt\b|\bLuCI\b/i, vendor: 'OpenWrt' },
  { words: /\bTP-?LINK\b/i, vendor: 'TP-Link' },
  { words: /\bNETGEAR\b/i, vendor: 'Netgear' },
  { words: /\bZyXEL\b/i, vendor: 'Zyxel' },
  { words: /\bD-Link\b/i, vendor: 'D-Link' },
  { words: /\bHPE?\b.*\b(?:LaserJet|OfficeJet|PageWide)\b|\bHewlett/i, vendor: 'HP' },
  { words: /\bBrother\b/i, vendor: 'Brother' },
  { words: /\bEPSON\b/i, vendor: 'Epson' },
  { words: /\bAPC\b|\bSchneider Electric\b/i, vendor: 'APC' },
  { words: /\bShelly\b/i, vendor: 'Shelly' },
  { words: /\bHikvision\b/i, vendor: 'Hikvision' },
  { words: /\bAXIS\b/, vendor: 'Axis' },
];

/** Who made a device that says these words of itself, and the mapping for its API where Netmon has one. */
export function makerOf(
  words: readonly string[],
): { vendor: string; mapping?: string } | undefined {
  const text = words.join(' ');
  return makers.find((maker) => maker.words.test(text));
}
