import { fieldSets } from '../protocols/fields.ts';
import { isSecure } from '../protocols/web/fields.ts';
import { type AccessConfig, secretNames } from './config.ts';

const common = ['name', 'protocol', 'timeout', 'retries'];

type Condition = (values: AccessConfig) => boolean;

const version3: Condition = ({ snmpVersion }) => snmpVersion === '3';
const signs: Condition = (values) => version3(values) && values.snmpLevel !== 'noAuthNoPriv';
const hides: Condition = (values) => version3(values) && values.snmpLevel === 'authPriv';
// An http address may redirect to https, so a certificate that is there stays in sight.
const certified: Condition = ({ protocol, url, ca }) =>
  protocol === 'tls' || isSecure(url) || ca !== '';
const hasBody: Condition = ({ method }) => method === 'GET';

const conditions: Readonly<Record<string, Condition>> = {
  keyHeader: ({ authentication }) => authentication === 'key',
  verify: certified,
  ca: (values) => certified(values) && values.verify,
  oldTls: certified,
  bodyContains: hasBody,
  bodyLacks: hasBody,
  jsonCondition: hasBody,
  snmpContext: version3,
  snmpLevel: version3,
  snmpAuthentication: signs,
  snmpPrivacy: hides,
};

/** Whether the dialog shows a field, and so checks it. */
export function isShown(name: string, values: AccessConfig): boolean {
  if (common.includes(name)) return true;
  if ((secretNames as readonly string[]).includes(name)) return isSecretShown(name, values);
  return (
    Object.hasOwn(fieldSets[values.protocol].defaults, name) &&
    (Object.hasOwn(conditions, name) ? conditions[name]!(values) : true)
  );
}

function isSecretShown(name: string, values: AccessConfig): boolean {
  if (values.protocol === 'snmp') {
    if (name === 'user') return version3(values);
    return name === 'secret' ? !version3(values) || signs(values) : hides(values);
  }
  if (name === 'privacySecret' || !('authentication' in fieldSets[values.protocol].defaults)) {
    return false;
  }
  return (
    ['basic', 'digest'].includes(values.authentication) ||
    (name === 'secret' && values.authentication !== 'none')
  );
}
