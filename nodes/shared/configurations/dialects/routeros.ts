import type { Dialect } from '../dialect.ts';
import type { Secret } from '../text-rules.ts';
import { endMark } from './end-mark.ts';
import { urlSecret } from './industry-standard.ts';

const stamp = /^# .{0,40} by RouterOS /;

/** Names of properties that hold secrets, as the menus of both versions have them. */
const names = [
  ...['password', 'passphrase', 'secret', 'ipsec-secret', 'auth-key', 'authentication-key'],
  ...[
    'authentication-password',
    'encryption-password',
    'wpa-pre-shared-key',
    'wpa2-pre-shared-key',
  ],
  ...[
    'static-key-0',
    'static-key-1',
    'static-key-2',
    'static-key-3',
    'private-key',
    'preshared-key',
  ],
  ...[
    'pre-shared-key',
    'private-pre-shared-key',
    'management-protection-key',
    'tcp-md5-key',
    'md5-key',
  ],
  ...[
    'supplicant-password',
    'mschapv2-password',
    'radius-password',
    'eap-password',
    'key',
    'enc-key',
  ],
  ...[
    'simple-password',
    'psk',
    'pin',
    'token',
    'lora-key',
    'steering-key',
    'proxy-password',
    'shared-secret',
    'api-key',
  ],
];

const secrets: (RegExp | Secret)[] = [
  {
    find: new RegExp(
      String.raw`[\s.](?:${names.join('|')})=(?<secret>"(?:[^"\\]|\\.)*"?|[^\s"]\S*)`,
      'g',
    ),
  },
  // The name of a community is what an SNMP request shows.
  {
    find: /^(?:add|set) .{0,500}?\bname=(?<secret>"(?:[^"\\]|\\.)*"?|[^\s"]\S*)/,
    under: /^\/snmp community/,
  },
  // It has the private key too.
  { find: /\bidentity=(?<secret>"[^"]*"?|[^\s"]\S*)/, under: /^\/zerotier/ },
  urlSecret,
];

/** https://help.mikrotik.com/docs/spaces/ROS/pages/328155/Configuration+Management */
export const routeros: Dialect = {
  id: 'routeros',
  label: 'MikroTik RouterOS 7',
  way: 'exec',
  running: [`/export show-sensitive; :put "${endMark}"`],
  refused: [
    /^(?:bad command name|expected end of command|syntax error|not enough permissions|failure: )/,
  ],
  whole: { first: stamp, mark: endMark },
  continued: { end: '\\', blank: '\\_' },
  // Other comments are of the state that ports and services are in at the time.
  volatile: [/^# (?!software id|model|serial number|.{0,40} by RouterOS )/],
  comments: [stamp],
  section: /^\//,
  secrets,
};

/** https://wiki.mikrotik.com/Manual:Configuration_Management */
export const routeros6: Dialect = {
  ...routeros,
  id: 'routeros-6',
  label: 'MikroTik RouterOS 6',
  // It has secrets unless told otherwise, and knows no show-sensitive.
  running: [`/export; :put "${endMark}"`],
};
