import * as check from './check.ts';
import { type Migration, type Versions, versions } from './settings-version.ts';

/** One setting of a node, as its dialog and its runtime have it. */
export interface Setting<Value, Parsed = Value> {
  /** what it is in a new node; also what stands for it in a flow from before it was there */
  default: Value;
  /** Makes what a flow holds what the runtime works with. Throws a FieldProblem of `field`. */
  parse: (field: string, value: unknown) => Parsed;
}

type Declared = Readonly<Record<string, Setting<unknown, unknown>>>;

/** What a flow holds. */
export type Values<Settings extends { defaults: object }> = Omit<Settings['defaults'], 'version'>;

/** What the runtime works with. */
export type Parsed<Settings extends { read: (config: unknown) => object }> = ReturnType<
  Settings['read']
>;

/** The settings of a node. Dialog, runtime and tests take from it what each needs. */
export interface Settings<D extends Declared> extends Versions {
  /** as a new node holds them, with their version */
  defaults: { -readonly [Name in keyof D]: D[Name]['default'] } & { version: number };
  /** Each makes a value of a flow, or none, one of the runtime, or throws a FieldProblem. */
  checks: { [Name in keyof D]: (value: unknown) => ReturnType<D[Name]['parse']> } & {
    version: (value: unknown) => number;
  };
  /** Reads a config of the present version; what is missing has its default. Throws the first FieldProblem. */
  read: (config: unknown) => { -readonly [Name in keyof D]: ReturnType<D[Name]['parse']> };
}

/**
 * Declares a node's settings, once for all that read them.
 * @param migrations from each version of them to the next, since Netmon 0.1.0
 */
export function settings<const D extends Declared>(
  declared: D,
  migrations: readonly Migration[] = [],
): Settings<D> {
  const ofVersions = versions(migrations);
  const all = Object.entries(declared);
  const each = <T>(make: (setting: D[string], name: string) => T) =>
    Object.fromEntries(all.map(([name, setting]) => [name, make(setting as D[string], name)]));
  // What is undefined is missing: it came later than the flow.
  const checks = each(({ default: usual, parse }, name) => (value: unknown) => {
    return parse(name, value === undefined ? usual : value);
  });
  return {
    ...ofVersions,
    defaults: { ...each((setting) => setting.default), version: ofVersions.version },
    checks: { ...checks, version: ofVersions.checkVersion },
    read(config: unknown) {
      const raw = check.object('', config);
      return each((_, name) => checks[name]!(raw[name]));
    },
  } as unknown as Settings<D>;
}

/** A setting of any kind. */
export function setting<Value, Parsed>(
  value: Value,
  parse: (field: string, value: unknown) => Parsed,
): Setting<Value, Parsed> {
  return { default: value, parse };
}

/** What is shown or looked up only, as it is. */
export function unchecked<Value>(value: Value): Setting<Value> {
  return setting(value, (_, given) => given as Value);
}

export function flag(value: boolean): Setting<boolean> {
  return setting(value, check.boolean);
}

/** One of some words. */
export function choice<Word extends string>(value: Word, words: readonly Word[]): Setting<Word> {
  return setting(value, (field, given) => check.oneOf(field, given, words));
}

interface NumberOptions {
  min?: number;
  max?: number;
  integer?: boolean;
  /** what one is to the runtime: 1000 for s that it takes as ms */
  times?: number;
}

export function number(
  value: number,
  { times = 1, ...limits }: NumberOptions = {},
): Setting<number> {
  return setting(value, (field, given) => check.number(field, given, limits) * times);
}
