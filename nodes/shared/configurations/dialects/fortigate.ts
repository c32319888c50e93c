import type { Dialect } from '../dialect.ts';
import type { TextRules } from '../text-rules.ts';

/** https://docs.fortinet.com/document/fortigate/7.4.0/administration-guide/702257/configuration-backups-and-reset */
const rules: TextRules = {
  refused: [/^(?:Unknown action|Command fail|command parse error|\{"error|Permission denied)/i],
  whole: { first: /^#config-version=/, last: /^end$/ },
  volatile: [
    /^#conf_file_ver=/,
    // Names of services, which FortiGuard changes.
    { from: /^config firewall internet-service-name$/, to: /^end$/ },
  ],
  // It has the name of who looks.
  comments: [/^#config-version=/],
  section: /^config /,
  secrets: [
    { find: /^\s*set \S+ ENC (?<secret>.+)/, isRenewed: true },
    {
      find: /^\s*set \S+ "-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?<secret>.*)/,
      to: /-----END [A-Z ]{0,30}PRIVATE KEY-----/,
      isRenewed: true,
    },
    /^\s*set (?:passwd|password|passphrase|psksecret|ppk-secret|secret|secondary-secret|tertiary-secret|key|auth-pwd|priv-pwd|auth-password|wpa-passphrase|sae-password|api-key|login-passwd|rsso-secret|ppp-password|md5-key|authkey|enckey|group-password|md5-keychain-secret)\d? (?!ENC )(?<secret>.+)/,
    { find: /^\s+set name (?<secret>.+)/, under: /^config system snmp community/ },
  ],
};

export const fortigate: Dialect = {
  ...rules,
  id: 'fortigate',
  label: 'Fortinet FortiGate (SSH)',
  way: 'shell',
  prompt: /^[\w.~-]{1,64}(?: \([\w.-]{1,64}\))? ?[#$] ?$/,
  questions: [
    { pattern: /(?:^|\n)--More-- ?$/, answer: ' ' },
    { pattern: /\(Press 'a' to accept\):? ?$/, answer: 'a' },
  ],
  // Without the filter, the answer would come in pages, and to have none is a setting for all.
  running: ['show | grep .'],
  leave: ['exit'],
};

export const fortigateHttp: Dialect = {
  ...rules,
  id: 'fortigate-http',
  label: 'Fortinet FortiGate (REST)',
  way: 'http',
  // A GET before FortiOS 7.6, which takes a POST only.
  running: [
    { path: '/api/v2/monitor/system/config/backup?scope=global', methods: ['POST', 'GET'] },
  ],
  authentication: 'bearer',
};
