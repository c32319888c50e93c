import type { Dialect } from '../dialect.ts';
import type { TextRules } from '../text-rules.ts';

/** Elements of config.xml that hold secrets, in OPNsense, pfSense and their packages. */
const names = [
  ...[
    'password',
    'passwd',
    'pass',
    'bcrypt-hash',
    'md5-hash',
    'nt-hash',
    'sha512-hash',
    'pre-shared-key',
  ],
  ...[
    'presharedkey',
    'psk',
    'shared_key',
    'tls',
    'key',
    'prv',
    'privkey',
    'privatekey',
    'private_key',
    'secret',
  ],
  ...[
    'otp_seed',
    'apikey',
    'api_key',
    'apisecret',
    'token',
    'rocommunity',
    'rwcommunity',
    'community',
  ],
  ...[
    'trapstring',
    'ldap_bindpw',
    'ldapbindpass',
    'radius_secret',
    'radius_secret2',
    'proxypass',
    'smtppass',
  ],
  ...[
    'passphrase',
    'wpa_passphrase',
    'crypto_password',
    'encryption_password',
    'maxmind_key',
    'etpro_code',
  ],
  ...[
    'pushover_token',
    'tunnel_password',
    'pppoe_password',
    'bgp_password',
    'authkey',
    'stats_password',
  ],
].join('|');
/** pfSense writes texts so */
const cdata = String.raw`(?:<!\[CDATA\[)?`;

/** https://docs.opnsense.org/manual/backups.html */
const rules: TextRules = {
  refused: [
    /^(?:cat: |.*: (?:Permission denied|not found)$)/,
    /^\{"(?:status|message|errorMessage)"/,
  ],
  whole: { first: /^<\?xml /, last: /^<\/(?:opnsense|pfsense)>$/ },
  volatile: [
    { from: /^\s*<revision>/, to: /<\/revision>/ },
    { from: /^\s*<last_rule_upd_time>/, to: /<\/last_rule_upd_time>/ },
  ],
  secrets: [
    new RegExp(`<(?:${names})>${cdata}(?<secret>[^<]+)`, 'gi'),
    { find: new RegExp(`<(?:${names})>${cdata}(?<secret>[^<]*)$`, 'i'), to: /</ },
  ],
  changedBy: [/^\s*<username>(?:<!\[CDATA\[)?(?<user>[^<\]]+)/, /^\s*<time>(?<time>[^<]+)/],
};

export const opnsense: Dialect = {
  ...rules,
  id: 'opnsense',
  label: 'OPNsense (SSH)',
  way: 'exec',
  running: ['cat /conf/config.xml'],
};

/** https://docs.opnsense.org/development/api/core/core.html */
export const opnsenseHttp: Dialect = {
  ...rules,
  id: 'opnsense-http',
  label: 'OPNsense (REST)',
  way: 'http',
  running: [{ path: '/api/core/backup/download/this' }],
  authentication: 'basic',
};

/** https://docs.netgate.com/pfsense/en/latest/backup/configuration.html */
export const pfsense: Dialect = {
  ...rules,
  id: 'pfsense',
  label: 'pfSense',
  way: 'exec',
  running: ['cat /cf/conf/config.xml'],
};
