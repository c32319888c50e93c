import assert from 'node:assert/strict';
import { type AccessConfig, defaults as newAccess } from '../../nodes/device-access/config.ts';
import { isShown } from '../../nodes/device-access/shown-fields.ts';
import { protocolNames } from '../../nodes/protocols/fields.ts';

const defaults: AccessConfig = { ...newAccess, protocol: 'http' };

describe('isShown', () => {
  const shown = (values: Partial<AccessConfig>, names: string[]) =>
    names.filter((name) => isShown(name, { ...defaults, ...values }));
  const secrets = ['user', 'secret', 'privacySecret'];

  it('shows timeout and retries for all protocols, the others with theirs', () => {
    for (const protocol of protocolNames) {
      assert.deepEqual(shown({ protocol }, ['timeout', 'retries', 'constructor']), [
        'timeout',
        'retries',
      ]);
    }
    assert.deepEqual(shown({ protocol: 'ping' }, ['packets', 'url', 'snmpVersion']), ['packets']);
  });

  for (const [values, expected] of [
    [{ protocol: 'snmp' }, ['secret']],
    [{ protocol: 'snmp', snmpVersion: '3' }, secrets],
    [{ protocol: 'snmp', snmpVersion: '3', snmpLevel: 'authNoPriv' }, ['user', 'secret']],
    [{ protocol: 'snmp', snmpVersion: '3', snmpLevel: 'noAuthNoPriv' }, ['user']],
    [{ protocol: 'http' }, []],
    [{ protocol: 'http', authentication: 'basic' }, ['user', 'secret']],
    [{ protocol: 'prometheus', authentication: 'key' }, ['secret']],
    [{ protocol: 'ping', authentication: 'basic' }, []],
  ] as [Partial<AccessConfig>, string[]][]) {
    it(`asks for ${expected.join(', ') || 'no credentials'} by ${JSON.stringify(values)}`, () => {
      assert.deepEqual(shown(values, secrets), expected);
    });
  }

  it('shows what is about a certificate where there may be one', () => {
    const names = ['verify', 'ca', 'oldTls'];
    assert.deepEqual(shown({ url: 'https://{address}/' }, names), names);
    assert.deepEqual(shown({ url: 'https://{address}/', verify: false }, names), [
      'verify',
      'oldTls',
    ]);
    assert.deepEqual(shown({ url: 'http://{address}/' }, names), []);
    assert.deepEqual(shown({ protocol: 'tls', url: '' }, names), names);
  });
});
