import type { Dialect } from '../dialect.ts';
import { enable, pager, prompt, refused, secrets } from './industry-standard.ts';

/** https://www.cisco.com/c/en/us/td/docs/ios-xml/ios/fundamentals/command/cf_command_ref.html */
export const ios: Dialect = {
  id: 'ios',
  label: 'Cisco IOS, IOS XE',
  way: 'shell',
  prompt,
  questions: [pager],
  setup: ['terminal length 0', 'terminal width 0'],
  enable,
  running: ['show running-config'],
  saved: ['show startup-config'],
  leave: ['exit'],
  refused,
  whole: { last: /^end$/ },
  volatile: [
    /^Building configuration/,
    /^Current configuration : \d+ bytes/,
    /^Using \d+ out of \d+ bytes/,
    // It is corrected by the clock of the device all the time.
    /^ntp clock-period /,
    /^! NVRAM config last updated at /,
    // Of a certificate, which the device renews by itself, the saved configuration has no more than the name of a file.
    /^ certificate \S/,
    /^ {2}(?:[\dA-F]{8} ){0,7}[\dA-F]{2,8}$/,
    /^\s+quit$/,
    /^! No configuration change since last restart/,
  ],
  comments: [/^! Last configuration change at /],
  secrets,
  changedBy: [/^! Last configuration change at (?<time>.*?)(?: by (?<user>\S+))?$/],
};
