import assert from 'node:assert/strict';
import { isExpected } from '../../../nodes/protocols/dns/expected.ts';

describe('isExpected', () => {
  for (const [type, record, expected] of [
    ['A', '192.0.2.1', ''],
    ['A', '192.0.2.1', '192.0.2.1'],
    ['A', '192.0.2.1', ' 192.0.2.1 '],
    ['AAAA', '2001:db8::1', '2001:DB8:0:0::1'],
    ['CNAME', 'www.example.org', 'WWW.Example.org.'],
    ['CNAME', 'xn--mnchen-3ya.example', 'münchen.example'],
    ['PTR', 'core-1.example.org', 'core-1.example.org'],
    ['NS', 'ns_1.example.org', 'NS_1.example.org'],
    ['MX', '10 mail.example.org', 'mail.example.org'],
    ['MX', '10 mail.example.org', '10  mail.example.org.'],
    ['SRV', '0 5 5060 sip.example.org', '5060 sip.example.org'],
    ['SOA', 'ns1.example.org root.example.org 2026 7200 3600 1209600 300', '2026'],
    ['TXT', 'v=spf1 include:example.org -all', 'include:example.org'],
  ] as const) {
    it(`takes ${record} for ${JSON.stringify(expected)}`, () => {
      assert.equal(isExpected(type, record, expected), true);
    });
  }

  for (const [type, record, expected] of [
    ['A', '192.0.2.199', '192.0.2.1'],
    ['A', '11.1.1.1', '1.1.1.1'],
    ['A', '10.0.0.10', '0.0.0.10'],
    ['AAAA', '2001:db8::12', '2001:db8::1'],
    ['CNAME', 'www.example.org.attacker.example', 'www.example.org'],
    ['PTR', 'core-12.example.org', 'core-1'],
    ['NS', 'ns1.example.org', 'example.org'],
    ['MX', '10 mail.example.org', '1'],
    ['MX', '10 mail.example.org', 'mail.example'],
    ['SRV', '0 5 5060 sip.example.org', '5 sip.example.org'],
    ['TXT', 'v=spf1 -all', 'dkim'],
  ] as const) {
    it(`refuses ${record} for ${expected}`, () => {
      assert.equal(isExpected(type, record, expected), false);
    });
  }
});
