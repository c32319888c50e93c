import type { Dialect } from '../dialect.ts';
import { endMark } from './end-mark.ts';

/**
 * What the controller gave the device. Its own backup is a file that cannot be compared.
 * https://help.ui.com/hc/en-us/articles/204909374
 */
export const unifi: Dialect = {
  id: 'unifi',
  label: 'UniFi switches and access points',
  way: 'exec',
  running: [`cat /tmp/system.cfg && printf '\\n%s\\n' '${endMark}'`],
  refused: [/^(?:cat|sh|ash): /, /: (?:not found|No such file or directory|Permission denied)$/],
  whole: { first: /^[\w.]{1,100}=/, mark: endMark },
  secrets: [
    /^[\w.-]{1,100}\.(?:password|passwd|psk|passphrase|secret|key|authkey|x_\w{1,40}|wpa_psk|sae_password|auth_secret|acct_secret|community|ro_?community|rw_?community)=(?<secret>.+)/,
    /^[\w.-]{1,100}\.(?:psk|password|secret|key)\.\d{1,3}(?:\.(?:key|value|psk|password))?=(?<secret>.+)/,
    /^snmp\.community\.\d{1,3}\.name=(?<secret>.+)/,
  ],
};
