import assert from 'node:assert/strict';
import { isIPv6 } from 'node:net';
import {
  addressText,
  networkOf,
  Networks,
  parseFlowAddress,
  parseNetwork,
} from '../../../nodes/shared/flows/address.ts';
import { conversationKey, conversationOf } from '../../../nodes/shared/flows/conversation.ts';
import { randomNumbers } from '../../support/random-numbers.ts';

describe('Addresses of flows', () => {
  it('are written as RFC 5952 has them, and read back', () => {
    for (const text of [
      ...['0.0.0.0', '255.255.255.255', '10.0.0.1', '::', '::1', '1::', 'fe80::1:0:0:1'],
      ...['2001:db8::1', '2001:db8:1:2:3:4:5:6', '1:0:0:2::3', '2001:db8:0:1:1:1:1:1'],
    ]) {
      assert.equal(addressText(parseFlowAddress(text)!), text);
    }
    assert.equal(addressText(parseFlowAddress('::ffff:10.0.0.1')!), '10.0.0.1');
    assert.equal(addressText(parseFlowAddress('2001:DB8:0:0::5')!), '2001:db8::5');
  });

  it('are as the browser writes them, any of IPv6', () => {
    const random = randomNumbers(1);
    for (let i = 0; i < 2000; i++) {
      const groups = Array.from({ length: 8 }, () =>
        random() < 0.5 ? '0' : Math.floor(random() * 65_536).toString(16),
      );
      if (groups.slice(0, 5).every((group) => group === '0')) continue;
      const address = parseFlowAddress(groups.join(':'))!;
      assert.equal(`[${addressText(address)}]`, new URL(`http://[${groups.join(':')}]`).hostname);
    }
  });

  it('are none where a text is none', () => {
    for (const text of [
      ...['', 'x', '1.2.3', '1.2.3.256', '1.2.3.4.5', ':', ':::', '1::2::3', '1:2:3:4:5:6:7'],
      ...['1:2:3:4:5:6:7:8:9', '12345::', '::1.2.3', 'fe80::1%eth0', '1:2:3:4:5:6:7::8:9'],
    ]) {
      assert.equal(parseFlowAddress(text), undefined, text);
      assert.ok(!isIPv6(text) || text.includes('%'));
    }
  });

  it('are in networks', () => {
    const networks = new Networks(
      ['10.0.0.0/8', '192.0.2.129/25', 'fd00::/8', '2001:db8::/33', '0.0.0.1'].map((text) =>
        parseNetwork(text)!,
      ),
    );
    const has = (text: string) => networks.has(parseFlowAddress(text)!);
    const inside = ['10.255.0.1', '192.0.2.128', 'fdff::1', '2001:db8:7fff::', '0.0.0.1'];
    const outside = [
      '11.0.0.0',
      '192.0.2.127',
      'fe00::',
      '2001:db8:8000::',
      '0.0.0.2',
      '200.0.0.1',
    ];
    assert.deepEqual(
      inside.filter((text) => !has(text)),
      [],
    );
    assert.deepEqual(outside.filter(has), []);
    assert.ok(new Networks([parseNetwork('0.0.0.0/0')!]).has(parseFlowAddress('200.1.2.3')!));
    assert.equal(parseNetwork('10.0.0.0/33'), undefined);
    assert.equal(addressText(networkOf(parseFlowAddress('200.1.2.3')!, 24)), '200.1.2.0');
    assert.equal(addressText(networkOf(parseFlowAddress('2001:db8:1:2::3')!, 48)), '2001:db8:1::');
  });

  it('are a key of a conversation, of any two', () => {
    const all = ['10.0.0.1', '255.255.255.255', 'fd00::1', '2001:db8::ffff'].map((text) =>
      parseFlowAddress(text)!,
    );
    const keys = new Set<string>();
    for (const source of all) {
      for (const destination of all) {
        const key = conversationKey(source, destination);
        keys.add(key);
        assert.deepEqual(conversationOf(key), [source, destination]);
      }
    }
    assert.equal(keys.size, 16);
  });
});
