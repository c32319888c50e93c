import type { Dialect } from '../dialect.ts';
import { pager, prompt, refused, secrets } from './industry-standard.ts';

/** https://www.cisco.com/c/en/us/td/docs/switches/datacenter/nexus9000/sw/93x/fundamentals/configuration/guide/b-cisco-nexus-9000-nx-os-fundamentals-configuration-guide-93x.html */
export const nxos: Dialect = {
  id: 'nxos',
  label: 'Cisco NX-OS',
  way: 'shell',
  prompt,
  questions: [pager],
  setup: ['terminal length 0', 'terminal width 511'],
  running: ['show running-config'],
  saved: ['show startup-config'],
  leave: ['exit'],
  refused,
  whole: { first: /^version \d/ },
  volatile: [/^!Command: show /, /^!Time: /],
  comments: [/^!(?:Running|Startup) config(?:uration)? (?:last done|saved) at: /i],
  secrets,
  changedBy: [/^!Running configuration last done at: (?<time>.+)/],
};
