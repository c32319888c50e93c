import type { Dialect } from '../dialect.ts';
import { enable, keySecrets, prompt, refused, urlSecret } from './industry-standard.ts';

/**
 * `show running-config` has stars for keys, so that no change of one would show; the file has them.
 * https://www.cisco.com/c/en/us/td/docs/security/asa/asa-cli-reference/S/asa-command-ref-S.html
 */
export const asa: Dialect = {
  id: 'asa',
  label: 'Cisco ASA',
  way: 'shell',
  prompt,
  questions: [{ pattern: /(?:^|\n)<--- More --->\s?$/, answer: ' ' }],
  setup: ['terminal pager 0'],
  enable,
  running: ['more system:running-config'],
  // Releases that have stars for keys here tell nothing of a change of one.
  saved: ['show startup-config'],
  leave: ['exit'],
  refused: [...refused, /^ERROR: /],
  whole: { first: /^ASA Version /, last: /^(?:: end|Cryptochecksum:)/ },
  volatile: [/^Cryptochecksum:/, /^: (?:Saved|end)$/],
  comments: [/^: /],
  secrets: [
    /^passwd (?<secret>\S+)/,
    /^enable password (?<secret>\S+)/,
    /^username \S+ password (?<secret>\S+)/,
    /\bikev[12] (?:(?:remote|local)-authentication )?pre-shared-key (?:\d )?(?<secret>\S+)/,
    /^\s*ldap-login-password (?<secret>\S+)/,
    /^snmp-server host .*?\bcommunity (?:\d )?(?<secret>\S+)/,
    /^failover key (?:hex )?(?<secret>\S+)/,
    /^vpdn username \S+ password (?<secret>\S+)/,
    /^\s*snmp-server community (?:\d )?(?<secret>\S+)/,
    /^\s+password (?<secret>\S+)/,
    ...keySecrets,
    urlSecret,
  ],
  changedBy: [/^: Written by (?<user>\S+) at (?<time>.+)/],
};
