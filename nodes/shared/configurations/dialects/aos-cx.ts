import type { Dialect } from '../dialect.ts';
import { pager, refused, secrets } from './industry-standard.ts';

/** https://arubanetworking.hpe.com/techdocs/AOS-CX/10.13/HTML/fundamentals_6300-6400/Content/Chp_cfg_fw_mgm/Cfg-fw-cmds/sho-run-con-10.htm */
export const aosCx: Dialect = {
  id: 'aos-cx',
  label: 'Aruba AOS-CX',
  way: 'shell',
  prompt: /^[\w.-]{1,64}(?:\([\w/.-]{1,64}\))?[>#] ?$/,
  questions: [{ pattern: /(?:^|\n)-- MORE --[^\n]{0,80}$/, answer: ' ' }, pager],
  setup: ['no page'],
  running: ['show running-config'],
  saved: ['show startup-config'],
  leave: ['exit'],
  refused: [...refused, /^(?:Invalid input: |Cannot execute command)/i],
  whole: { first: /^!Version (?:Aruba)?(?:AOS|OS)-CX / },
  volatile: [/^(?:Current|Startup) configuration:$/],
  comments: [/^!export-password:/],
  secrets: [
    // All that the switch keeps encoded, in whatever command.
    /\b(?:ciphertext|plaintext) (?<secret>\S+)/g,
    ...secrets,
  ],
};
