import type { Dialect } from '../dialect.ts';
import { enable, pager, refused, secrets } from './industry-standard.ts';

/** https://www.downloads.netgear.com/files/GDC/M4300/M4300_CLI_EN.pdf */
export const netgear: Dialect = {
  id: 'netgear',
  label: 'Netgear managed switches',
  way: 'shell',
  prompt: /^\([^()\n]{1,64}\) ?(?:\([^()\n]{1,64}\))?[>#] ?$/,
  questions: [{ pattern: /(?:^|\n)--More-- or \(q\)uit\s?$/, answer: ' ' }, pager],
  setup: ['terminal length 0'],
  enable: { ...enable, always: true },
  running: ['show running-config'],
  saved: ['show startup-config'],
  leave: ['exit', 'logout', 'n'],
  refused: [...refused, /^(?:Command not found|Incomplete command|An invalid)/],
  whole: { first: /^!(?:Current|Saved) Configuration:/i, last: /^exit$/ },
  volatile: [/^!System Up Time\b/, /^!Current (?:SNTP Synchronized|System) Time\b/],
  secrets: [
    /^\s*users passwd \S+ (?:encrypted )?(?<secret>\S+)/,
    /^\s*username \S+ password (?:encrypted )?(?<secret>\S+)/,
    /^\s*enable password (?:encrypted )?(?<secret>\S+)/,
    /^\s*password (?:encrypted )?(?<secret>\S+)/,
    /^\s*snmp-server community (?:ro|rw|ipaddr \S+) (?<secret>\S+)/,
    /^\s*(?:radius server key (?:auth|acct) \S+|tacacs-server key|key) (?:encrypted )?(?<secret>"[^"]*"|\S+)/,
    /^\s*users snmpv3 encryption \S+ \S+ (?<secret>\S+)/,
    ...secrets,
  ],
};
