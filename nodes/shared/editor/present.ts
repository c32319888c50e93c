import type { Versions } from '../settings-version.ts';

/** A node's settings as their present version has them; those of a later Netmon as they are. */
export function present<Config extends object>(settings: Versions, config: Config): Config {
  try {
    return settings.migrate(config) as Config;
  } catch {
    return config;
  }
}
