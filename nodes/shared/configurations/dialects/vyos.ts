import type { Dialect } from '../dialect.ts';
import { endMark } from './end-mark.ts';
import { urlSecret } from './industry-standard.ts';

/**
 * The shell's `show configuration` has stars for secrets; what it is made of has them.
 * https://docs.vyos.io/en/latest/cli.html
 */
export const vyos: Dialect = {
  id: 'vyos',
  label: 'VyOS, Ubiquiti EdgeOS',
  way: 'exec',
  running: [`/bin/cli-shell-api showCfg --show-active-only && echo '${endMark}'`],
  refused: [/: (?:not found|No such file or directory|Permission denied)$/, /^Invalid command/],
  whole: { first: /^[\w-]+ \{$/, mark: endMark },
  comments: [/^\s*(?:\/\/|\/\* (?:===|Warning|Release))/],
  section: /^\S/,
  secrets: [
    /^\s*(?:encrypted-password|plaintext-password|password|pre-shared-secret|pre-shared-key|preshared-key|private-key|shared-secret|shared-secret-key|secret|passphrase|wpa-passphrase|md5-key|plaintext-key|authentication-key|api-key|auth-key|otp-key|psk|key) (?<secret>"[^"]*"|\S+)$/,
    { find: /^\s+community (?<secret>"[^"]*"|[^\s{]+)/, under: /^service \{/ },
    urlSecret,
  ],
};
