import type { Dialect } from '../dialect.ts';
import { enable, pager, prompt, refused, secrets } from './industry-standard.ts';

/** https://www.arista.com/en/um-eos/eos-command-line-interface-commands */
export const eos: Dialect = {
  id: 'eos',
  label: 'Arista EOS',
  way: 'shell',
  prompt,
  questions: [pager],
  setup: ['terminal length 0', 'terminal width 32767'],
  enable: { ...enable, always: true },
  running: ['show running-config'],
  saved: ['show startup-config'],
  leave: ['exit'],
  refused,
  whole: { last: /^end$/ },
  volatile: [/^! Command: show /, /^! Time: /],
  comments: [/^! Startup-config last modified at /],
  // The last one is that of CloudVision's agent.
  secrets: [...secrets, /-(?:cvauth|ingestauth)=key,(?<secret>\S+)/],
  changedBy: [/^! Startup-config last modified at +(?<time>.*?) by (?<user>\S+)/],
};
