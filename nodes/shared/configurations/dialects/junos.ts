import type { Dialect } from '../dialect.ts';
import { urlSecret } from './industry-standard.ts';

/** https://www.juniper.net/documentation/us/en/software/junos/cli/topics/topic-map/viewing-configuration.html */
export const junos: Dialect = {
  id: 'junos',
  label: 'Juniper Junos',
  way: 'exec',
  running: ['show configuration | display omit | no-more'],
  refused: [
    /^\s*(?:syntax error|unknown command|error: |permission denied)/i,
    /: (?:command )?not found$/,
  ],
  whole: { first: /^(?:version \S+;|system \{|groups \{)/, last: /^(?:\}|\S.*;)$/ },
  comments: [/^\s*##/],
  section: /^\S/,
  secrets: [
    // The device marks them itself.
    /^[^"]*(?<secret>"(?:[^"\\]|\\.)*")(?=; ## SECRET-DATA)/,
    /^\s*(?:encrypted-password|plain-text-password-value|authentication-key|pre-shared-key \S+|secret|simple-password) (?<secret>"(?:[^"\\]|\\.)*"|[^\s;]+)/,
    { find: /^\s+community (?<secret>"[^"]*"|[^\s;{]+)/, under: /^snmp \{/ },
    urlSecret,
  ],
  changedBy: [/^## Last commit: (?<time>.*?) by (?<user>\S+)/],
};
