import * as check from './check.ts';
import { Problem } from './problem.ts';

type Config = Readonly<Record<string, unknown>>;

/** Makes of a config as one version of a node's settings has it that of the next; it may have any content. */
export type Migration = (config: Config) => Config;

/** The versions of a node's settings. */
export interface Versions {
  /** the present one: 1 for that of Netmon 0.1.0, and one more for each migration since */
  version: number;
  /** Reads the version of a config, 1 where it has none. Throws a Problem where a later Netmon saved it. */
  checkVersion: (value: unknown) => number;
  /** A config as the present version has it. Throws a Problem where a later Netmon saved it. */
  migrate: (config: object) => Record<string, unknown>;
}

/** @param migrations from each version to the next, the first of them from version 1 */
export function versions(migrations: readonly Migration[]): Versions {
  const version = migrations.length + 1;

  function checkVersion(value: unknown): number {
    const stored =
      value === undefined ? 1 : check.number('version', value, { min: 1, integer: true });
    if (stored > version) throw new Problem('laterVersion', { version: stored, known: version });
    return stored;
  }

  return {
    version,
    checkVersion,
    migrate(config) {
      const stored = config as Config;
      const due = migrations.slice(checkVersion(stored.version) - 1);
      return { ...due.reduce((migrated, migrate) => migrate(migrated), stored), version };
    },
  };
}
