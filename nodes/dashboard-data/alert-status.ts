import type { AlertStatus } from '../contract/pages.ts';
import * as check from '../shared/check.ts';

/**
 * Reads how an alert-manager deals with an alert. Throws a FieldProblem.
 * @param where the field's name in error texts, such as `payload[2].status`
 */
export function toStatus(where: string, value: unknown): AlertStatus {
  const raw = check.object(where, value);
  const texts = (name: string) =>
    raw[name] === undefined ? [] : check.array(check.join(where, name), raw[name]).map(String);
  const { acknowledged, silencedUntil } = raw;
  return {
    ...(acknowledged !== undefined && {
      acknowledged: toAcknowledged(check.join(where, 'acknowledged'), acknowledged),
    }),
    isFlapping: raw.isFlapping === true,
    ...{ silencedBy: texts('silencedBy'), inhibitedBy: texts('inhibitedBy') },
    ...(typeof silencedUntil === 'number' && { silencedUntil }),
    ...{ maintainedBy: texts('maintainedBy'), unreachableBy: texts('unreachableBy') },
  };
}

/** Whether nobody is told of an alert. */
export function isWithheld(status: AlertStatus | undefined): boolean {
  if (!status) return false;
  const { silencedBy, inhibitedBy, maintainedBy, unreachableBy } = status;
  return [silencedBy, inhibitedBy, maintainedBy, unreachableBy].some(({ length }) => length > 0);
}

function toAcknowledged(where: string, value: unknown): NonNullable<AlertStatus['acknowledged']> {
  const { by, comment, at } = check.object(where, value);
  return {
    by: check.text(check.join(where, 'by'), by),
    comment: typeof comment === 'string' ? comment : '',
    at: check.number(check.join(where, 'at'), at, { min: 0 }),
  };
}
