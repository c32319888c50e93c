import { webChecks, webDefaults } from '../protocols/web/fields.ts';
import type { Dialect } from '../shared/configurations/dialect.ts';
import { dialects } from '../shared/configurations/dialects/index.ts';
import {
  choice,
  flag,
  number,
  type Parsed,
  setting,
  settings,
  type Values,
} from '../shared/settings.ts';
import {
  lineOf,
  linesOf,
  ownDialect,
  patternsOf,
  secretsOf,
  wildcardOf,
  withOwn,
} from './own-dialect.ts';

/** the dialect of a user's own, whose parts are fields of the dialog */
export const own = 'own';

/** How to reach the configurations of devices of one system. */
export const accessSettings = settings({
  /** its id, or {@link own} */
  dialect: choice<string>('ios', [...dialects.map(({ id }) => id), own]),
  /** of SSH, where an address has none */
  port: number(22, { min: 1, max: 65535, integer: true }),
  /** whether all devices may use what counts as broken in SSH */
  oldCiphers: flag(false),
  url: setting('https://{address}', (_, value) => webChecks.url(value)),
  authentication: setting<'none' | 'basic' | 'digest' | 'bearer' | 'key', Authentication>(
    'basic',
    (_, value) => webChecks.authentication(value),
  ),
  keyHeader: setting(webDefaults.keyHeader, (_, value) => webChecks.keyHeader(value)),
  verify: flag(true),
  ca: setting('', (_, value) => webChecks.ca(value)),
  oldTls: flag(false),
  /** s, for all that is asked of a device */
  timeout: number(60, { min: 0.1, max: 600 }),
  /** MB, of all that it answers */
  maxSize: number(20, { min: 0.001, max: 100 }),
  ownWay: choice<Dialect['way']>('shell', ['exec', 'shell', 'http']),
  ownCommands: setting('', linesOf),
  ownSaved: setting('', linesOf),
  ownSetup: setting('', linesOf),
  ownEnable: setting('', lineOf),
  ownPrompt: setting('', wildcardOf),
  ownPager: setting('', lineOf),
  ownLast: setting('', wildcardOf),
  ownVolatile: setting('', patternsOf),
  ownComments: setting('', patternsOf),
  ownSecrets: setting('', secretsOf),
});

type Authentication = ReturnType<typeof webChecks.authentication>;

export type AccessSettings = Values<typeof accessSettings>;

/** What the user logs in with: all of it is kept as credentials of Node-RED's. */
export interface AccessSecrets {
  user?: string;
  /** over HTTP also a token or a key */
  password?: string;
  /** of SSH, in PEM or OpenSSH's form */
  privateKey?: string;
  /** of the private key */
  passphrase?: string;
  /** for more rights within a shell */
  enablePassword?: string;
}

export const secretNames = [
  ...(['user', 'password', 'privateKey', 'passphrase', 'enablePassword'] as const),
] as const satisfies (keyof AccessSecrets)[];

/** An access that can be used. */
export type CheckedAccess = Omit<Parsed<typeof accessSettings>, 'dialect'> & { dialect: Dialect };

/** Reads the settings; what the dialog does not show does not count. Throws a FieldProblem. */
export function checkSettings(config: AccessSettings): CheckedAccess {
  const shown = Object.entries(config).filter(([name]) => isShown(name, config));
  const read = accessSettings.read(Object.fromEntries(shown));
  const known = dialects.find(({ id }) => id === read.dialect);
  const dialect = known ? withOwn(known, read) : ownDialect(read);
  return { ...read, dialect };
}

const common = ['dialect', 'timeout', 'maxSize'];
const shells = ['ownSetup', 'ownEnable', 'ownPrompt', 'ownPager'];
/** what a user may add to any dialect */
const additions = ['ownSecrets', 'ownVolatile', 'ownComments'];
/** what a user may have in the place of a dialect's own; a server has files of its own */
const commands = ['ownCommands', 'ownLast'];
const ssh = ['port', 'oldCiphers', 'privateKey', 'passphrase'];
const tls = ['verify', 'ca', 'oldTls'];

/** Whether the dialog shows a field, and so checks it. */
export function isShown(name: string, values: AccessSettings): boolean {
  if (common.includes(name)) return true;
  const way = wayOf(values);
  const isSsh = way !== 'http';
  if (ssh.includes(name)) return isSsh;
  if (name === 'user') return isSsh || ['basic', 'digest'].includes(values.authentication);
  if (name === 'password') return isSsh || values.authentication !== 'none';
  if (name === 'enablePassword') return hasEnable(values);
  if (additions.includes(name)) return true;
  if (name.startsWith('own')) {
    if (commands.includes(name) && values.dialect === 'linux') return true;
    return values.dialect === own && (way === 'shell' || !shells.includes(name));
  }
  if (name === 'keyHeader') return !isSsh && values.authentication === 'key';
  if (name === 'ca') return !isSsh && values.verify;
  return !isSsh && ['url', 'authentication', ...tls].includes(name);
}

/** How devices are asked. */
export function wayOf({ dialect, ownWay }: AccessSettings): Dialect['way'] {
  return dialects.find(({ id }) => id === dialect)?.way ?? ownWay;
}

function hasEnable({ dialect, ownWay, ownEnable }: AccessSettings): boolean {
  if (dialect === own) return ownWay === 'shell' && ownEnable !== '';
  return dialects.find(({ id }) => id === dialect)?.enable !== undefined;
}
