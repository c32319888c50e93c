import type { Question } from '../dialect.ts';
import type { Fits } from '../text-rules.ts';

/**
 * What the command lines that resemble Cisco's have in common: IOS, NX-OS, EOS and those of several makers of switches.
 * The forms of secrets are those of their command references; a number or a word before a secret says how it is encoded.
 */

/** such as `core-1#`, `core-1(config)>` */
export const prompt = /^[\w.@/:()-]{1,100}[>#] ?$/;

export const pager: Question = { pattern: /(?:^|\n) ?-{2,4} ?more ?-{2,4} ?$/i, answer: ' ' };

export const enable = { command: 'enable', password: /password: ?$/i };

export const refused: readonly Fits[] = [
  /^\s*% ?(?:invalid|incomplete|ambiguous|unrecognized|unknown|authorization (?:failed|denied)|permission denied|error|bad)\b/i,
  /^(?:command )?authorization failed/i,
  /^\s*permission denied/i,
];

const snmpSecrets: readonly RegExp[] = [
  /^\s*snmp-server community (?<secret>"[^"]*"|\S+)/,
  /^\s*snmp-server host \S+ (?:(?:vrf|use-vrf) \S+ )?(?:informs? |traps? )?(?:version (?:1|v1|2c|v2c|3 (?:auth|noauth|priv)) )?(?:community )?(?<secret>"[^"]*"|\S+)/,
  /^\s*snmp-server user .*?\bauth \S+ (?<secret>\S+)/,
  /^\s*snmp-server user .*?\bpriv (?:(?:aes|des|3des)\S* )?(?:128 |192 |256 )?(?<secret>\S+)/,
];

/** of people who log in */
const loginSecrets: readonly RegExp[] = [
  /^\s*username \S+ .*?\b(?:password|secret) (?:sha512 |\d+ )?(?<secret>\S.*?)(?= role | privilege |$)/,
  /^\s*enable (?:admin )?(?:password|secret) (?:level \d+ )?(?:sha512 |\d+ )?(?<secret>.+)/,
  // Of a line, a trust point, a sub-mode; "password encryption" and "password strength-check" are none.
  /^\s*(?:password|secret|passwd) (?!encryption|strength|policy|min)(?:sha512 |\d+ )?(?<secret>.+)/,
];

/** of protocols and servers */
export const keySecrets: readonly RegExp[] = [
  /^\s*(?:tacacs|radius)-server .*?\bkey (?:\d )?(?<secret>"[^"]*"|\S+)/,
  // A number alone is that of a key in a key chain.
  /^\s+key (?!chain |\d+$)(?:\d )?(?<secret>"[^"]*"|\S+)/,
  /^\s*server-private \S+ .*?\bkey (?:\d )?(?<secret>\S+)/,
  /\bserver-key (?:\d )?(?<secret>\S+)/,
  /^\s*pac key (?:\d )?(?<secret>\S+)/,
  /\bkey-string (?:\d )?(?<secret>.+)/,
  /^\s*crypto isakmp key (?:\d )?(?<secret>\S+)/,
  /^\s*pre-shared-key (?:(?:address|hostname) .*?\bkey |local |remote )?(?:\d )?(?<secret>.+)/,
  /^\s*neighbor \S+ password (?:\d )?(?<secret>.+)/,
  /\bauthentication-key (?:\d+ (?:md5|sha1|sha2|hmac-sha\S+|cmac-aes-128) )?(?:\d )?(?<secret>\S+)/,
  /\bmessage-digest-key \d+ (?:md5|sha\d*) (?:\d )?(?<secret>\S+)/,
  /^\s*(?:standby|vrrp|glbp)(?: \d+)? authentication (?:md5 key-string |text )?(?!md5 )(?:\d )?(?<secret>\S+)/,
  /^\s*(?:ip nhrp authentication|isis password|domain-password|area-password|sap pmk) (?:\d )?(?<secret>\S+)/,
  /^\s*ppp (?:chap password|pap sent-username \S+ password) (?:\d )?(?<secret>.+)/,
  /^\s*ip (?:ftp|http client) password (?:\d )?(?<secret>\S+)/,
  /\bencryption (?:vlan \d+ )?key \d size \d+bit (?:\d )?(?<secret>\S+)/,
  // IPsec of OSPFv3: keys stand between names of algorithms.
  /\bipsec spi \d+ (?<secret>.+)/,
  /\b(?:username|user-name|root-dn) \S+ password (?:\d )?(?<secret>\S+)/,
  // Whatever the command, what a number says the encoding of.
  /\b(?:password|secret|key|passphrase|shared-secret) [05-9] (?<secret>\S+)/g,
  /\b(?:wpa-psk|set-key|psk) (?:ascii|hex) (?:\d )?(?<secret>\S+)/,
];

/** of a URL, such as that of a backup */
export const urlSecret = /:\/\/[^\s:/@]{1,64}:(?<secret>[^\s@/]{1,256})(?=@)/g;

export const secrets: readonly RegExp[] = [
  ...[...snmpSecrets, ...loginSecrets, ...keySecrets],
  urlSecret,
];
