import type { Dialect } from '../dialect.ts';
import { enable, refused } from './industry-standard.ts';

/** https://support.hpe.com/techhub/eginfolib/networking/docs/switches/common/15-18/5998-8160_asg/content/ch03s06.html */
export const aosS: Dialect = {
  id: 'aos-s',
  label: 'Aruba AOS-S, HP ProCurve',
  way: 'shell',
  prompt: /^[\w .-]{1,64}(?:\([\w/.-]{1,64}\))?[>#] ?$/,
  questions: [
    { pattern: /press any key to continue\s*$/i, answer: ' ' },
    { pattern: /(?:^|\n)-- MORE --[^\n]{0,80}$/, answer: ' ' },
  ],
  setup: ['no page', 'terminal width 1920'],
  enable,
  running: ['show running-config'],
  saved: ['show config'],
  leave: ['logout', 'y', 'n'],
  refused: [...refused, /^(?:Invalid input|Incomplete input|Ambiguous input): /],
  whole: { first: /Configuration Editor; Created on release / },
  volatile: [/^(?:Running|Startup) configuration:/],
  secrets: [
    /^\s*snmp-server community (?<secret>"[^"]*"|\S+)/,
    /^\s*snmp-server host \S+ (?:community )?(?<secret>"[^"]*"|\S+)/,
    /\b(?:encrypted-)?key (?!chain|\d+(?: |$))(?<secret>"[^"]*"|\S+)/,
    /\b(?:encrypted-)?key-string (?<secret>"[^"]*"|\S+)/,
    /^\s*(?:encrypted-)?password .*?\b(?:plaintext|sha1|sha256|bcrypt) (?<secret>"[^"]*"|\S+)/,
    /^\s*snmpv3 user \S+ .*?\bauth (?:md5 |sha )?(?<secret>"[^"]*"|\S+)/,
    /^\s*snmpv3 user \S+ .*?\bpriv (?:des |aes )?(?<secret>"[^"]*"|\S+)/,
    /\b(?:secret-key|shared-secret|md5-auth-key|auth-key) (?<secret>"[^"]*"|\S+)/,
    /\busername \S+ (?:encrypted-)?password (?<secret>"[^"]*"|\S+)/,
  ],
};
