import type { Translate } from '../problem.ts';
import type { Versions } from '../settings-version.ts';
import { present } from './present.ts';
import { validator } from './validate.ts';

type Defaults<Values> = {
  [Name in keyof Values]: { value: Values[Name]; validate: (value: unknown) => boolean };
};

/** A node's settings as Node-RED's `defaults` take them: marked, with the reason, where one is wrong. */
export function dialogDefaults<Values extends object>(
  t: Translate,
  settings: Versions & {
    defaults: Values;
    checks: { [Name in keyof Values]: (value: unknown) => unknown };
  },
): Defaults<Values> {
  const names = Object.keys(settings.defaults) as (keyof Values & string)[];
  const entries = names.map((name) => {
    const validate = validator(t, (value, node) => {
      // The dialog has them as the present version does, the flow as they were saved.
      const isStored = name !== 'version' && value === node[name];
      settings.checks[name](isStored ? present(settings, node)[name] : value);
    });
    return [name, { value: settings.defaults[name], validate }];
  });
  return Object.fromEntries(entries) as Defaults<Values>;
}
