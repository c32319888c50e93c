import type { Dialect } from '../dialect.ts';
import { enable, refused, secrets } from './industry-standard.ts';

/** https://www.tp-link.com/us/support/download/t2600g-28ts/#CLI-Reference */
export const tpLink: Dialect = {
  id: 'tp-link',
  label: 'TP-Link JetStream, Omada switches',
  way: 'shell',
  prompt: /^[\w.@()/-]{1,64}[#>] ?$/,
  questions: [
    { pattern: /Press\s?any\s?key\s?to\s?continue\s?\(Q\s?to\s?quit\)\s*$/, answer: ' ' },
  ],
  enable: { ...enable, always: true },
  running: ['show running-config'],
  saved: ['show startup-config'],
  leave: ['exit', 'exit'],
  refused: [...refused, /^\s*Error: /i],
  whole: { last: /^end$/ },
  secrets: [
    /^\s*user name \S+ .*?\b(?:password|secret) (?:\d )?(?<secret>\S+)/,
    /^\s*snmp-server user .*?\bcpwd (?<secret>\S+)/,
    /^\s*snmp-server user .*?\bepwd (?<secret>\S+)/,
    ...secrets,
  ],
};
