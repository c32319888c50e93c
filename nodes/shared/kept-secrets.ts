import { Problem } from './problem.ts';

/** what Node-RED's editor has in place of a stored secret */
const placeholder = '__PWRD__';

interface KeptSecrets<Name extends string> {
  names: readonly Name[];
  /** as far as they were typed since the last deploy */
  typed?: Partial<Record<Name, string>> | undefined;
  /** as they are deployed */
  stored?: Partial<Record<Name, string>> | undefined;
  /** whether the settings of the dialog use a secret */
  isUsed: (name: Name) => boolean;
  /** whether a stored secret would go only to where and as it is deployed */
  mayGo: boolean;
}

/**
 * The secrets of a dialog, which need not be deployed: what was not typed anew is what is stored. Throws a Problem
 * where that was given for other settings.
 */
export function keptSecrets<Name extends string>(
  kept: KeptSecrets<Name>,
): Partial<Record<Name, string>> {
  const secrets: Partial<Record<Name, string>> = {};
  for (const name of kept.names) {
    const typed = kept.typed?.[name];
    const stored = kept.stored?.[name];
    if (typeof typed === 'string' && typed !== placeholder) {
      secrets[name] = typed;
    } else if (stored) {
      if (kept.isUsed(name) && !kept.mayGo) throw new Problem('keptSecret');
      secrets[name] = stored;
    }
  }
  return secrets;
}

/**
 * Whether some settings of two configs are the same. Numbers of a dialog are texts, and older configs lack what came
 * later, which then has its default.
 */
export function haveSame<Config extends object>(
  names: readonly (keyof Config)[],
  a: Config,
  b: Config,
  defaults: Partial<Config>,
): boolean {
  const told = (config: Config, name: keyof Config) =>
    JSON.stringify(config[name] ?? defaults[name]).replaceAll('"', '');
  return names.every((name) => told(a, name) === told(b, name));
}
