import type { Translate } from '../problem.ts';
import { validator } from './validate.ts';

type Defaults<Values> = {
  [Name in keyof Values]: { value: Values[Name]; validate: (value: unknown) => boolean };
};

/** A node's settings as Node-RED's `defaults` take them: marked, with the reason, where one is wrong. */
export function dialogDefaults<Values extends object>(
  t: Translate,
  settings: {
    defaults: Values;
    checks: { [Name in keyof Values]: (value: unknown) => unknown };
  },
): Defaults<Values> {
  const entries = (Object.keys(settings.defaults) as (keyof Values)[]).map((name) => [
    name,
    { value: settings.defaults[name], validate: validator(t, settings.checks[name]) },
  ]);
  return Object.fromEntries(entries) as Defaults<Values>;
}
