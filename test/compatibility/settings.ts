import { chartSettings } from '../../nodes/chart-data/config.ts';
import { accessVersions, checks } from '../../nodes/device-access/config.ts';
import { pollSettings } from '../../nodes/device-poll/config.ts';
import { emailSettings } from '../../nodes/email-alert/config.ts';
import { hostSettings } from '../../nodes/host-metrics/config.ts';
import { fieldSets } from '../../nodes/protocols/fields.ts';
import { smtpSettings } from '../../nodes/shared/mail/smtp-settings.ts';
import type { Versions } from '../../nodes/shared/settings-version.ts';
import { thresholdSettings } from '../../nodes/threshold-check/config.ts';

export interface PresentSettings extends Versions {
  checks: Record<string, (value: unknown) => unknown>;
}

const fieldChecks = Object.values(fieldSets).map(({ checks }) => checks);

/** The settings that the nodes of 0.1.0 have now, by their types. */
export const presentSettings: Record<string, PresentSettings> = {
  'netmon-chart-data': chartSettings,
  'netmon-device-access': {
    ...accessVersions,
    checks: Object.assign({}, ...fieldChecks, checks) as PresentSettings['checks'],
  },
  'netmon-device-poll': pollSettings,
  'netmon-email-alert': emailSettings,
  'netmon-host-metrics': hostSettings,
  'netmon-smtp-server': smtpSettings,
  'netmon-threshold-check': thresholdSettings,
};
