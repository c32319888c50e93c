import assert from 'node:assert/strict';
import { toAddress, urlHost } from '../../nodes/shared/address.ts';

describe('toAddress', () => {
  for (const [text, host, port, inUrl] of [
    ['core-1', 'core-1', undefined, 'core-1'],
    ['core_1.example.net:8443', 'core_1.example.net', 8443, 'core_1.example.net:8443'],
    ['10.0.0.1', '10.0.0.1', undefined, '10.0.0.1'],
    ['10.0.0.1:80', '10.0.0.1', 80, '10.0.0.1:80'],
    ['fd00::1', 'fd00::1', undefined, '[fd00::1]'],
    ['[fd00::1]', 'fd00::1', undefined, '[fd00::1]'],
    ['[::ffff:10.0.0.1]:8443', '::ffff:10.0.0.1', 8443, '[::ffff:10.0.0.1]:8443'],
    ['fe80::1%eth0', 'fe80::1%eth0', undefined, '[fe80::1]'],
    ['[fe80::1%eth0.100]:161', 'fe80::1%eth0.100', 161, '[fe80::1]:161'],
    ['FEBF::a:1%12', 'FEBF::a:1%12', undefined, '[FEBF::a:1]'],
    ['münchen.example', 'münchen.example', undefined, 'münchen.example'],
  ] as const) {
    it(`reads ${text}`, () => {
      const address = toAddress('address', text);
      assert.deepEqual(address, port === undefined ? { host } : { host, port });
      assert.equal(urlHost(address), inUrl);
    });
  }

  for (const text of [
    '',
    ' core-1',
    'core 1',
    'core-1\n',
    'core\u0000',
    'user@core-1',
    'core-1/path',
    'core-1?x',
    'core-1#x',
    'http://core-1',
    'core-1:0',
    'core-1:65536',
    'core-1:',
    ':80',
    '-flag',
    '999.1.1.1',
    '10.1',
    '0x7f.1',
    '2130706433',
    'fd00::1::2',
    'fd00::1%eth0',
    'fe80::1%',
    'fe80::1%eth0/24',
    'fe80::1%et h0',
    '10.0.0.1%eth0',
    'core-1%eth0',
    '[fd00::1',
    '[core-1]',
    'x'.repeat(300),
    7,
    undefined,
  ]) {
    it(`refuses ${JSON.stringify(text)?.slice(0, 30)}`, () => {
      assert.throws(() => toAddress('devices[1].address', text), {
        message: /^devices\[1\]\.address: expected a host name or an IP address, with a port/,
      });
    });
  }
});
