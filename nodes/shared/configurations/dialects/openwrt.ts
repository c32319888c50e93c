import type { Dialect } from '../dialect.ts';
import { endMark } from './end-mark.ts';
import { urlSecret } from './industry-standard.ts';

/** https://openwrt.org/docs/guide-user/base-system/uci */
export const openwrt: Dialect = {
  id: 'openwrt',
  label: 'OpenWrt',
  way: 'exec',
  running: [`uci export && echo '${endMark}'`],
  refused: [/: (?:not found|Permission denied)$/, /^uci: /],
  whole: { first: /^package \S/, mark: endMark },
  secrets: [
    {
      find: /^\s+(?:option|list) '?(?:key\d?|password|passwd|passphrase|psk|sae_password|wpa_psk|secret|auth_secret|acct_secret|dae_secret|private_key|preshared_key|priv_key_pwd|priv_key2_pwd|r0kh|r1kh|community|pincode|token|api_key|apikey|client_secret|shared_secret|enckey|authkey|ppp_password|mppe_key)'? '(?<secret>.*)/,
      to: /'$/,
    },
    urlSecret,
  ],
};
