import assert from 'node:assert/strict';
import {
  asksForPage,
  readPageRequest,
  requestOf,
} from '../../nodes/dashboard-data/page-request.ts';

const usual = { period: '24h', compare: 'none' } as const;

describe('a request for a page', () => {
  it('is told from readings by its page or its topic', () => {
    assert.equal(asksForPage({ page: 'overview' }, undefined), true);
    assert.equal(asksForPage(undefined, 'ask'), true);
    assert.equal(asksForPage({ page: 7 }, ''), true);
    assert.equal(asksForPage([{ page: 'overview' }], ''), false);
    assert.equal(asksForPage({ metric: 'cpu_usage' }, 'core-1'), false);
    assert.equal(asksForPage(null, undefined), false);
    assert.equal(asksForPage(12, undefined), false);
  });

  it('has what was chosen, and the usual for what was not', () => {
    assert.deepEqual(readPageRequest({ page: 'overview' }, usual), { page: 'overview', ...usual });
    assert.deepEqual(
      readPageRequest({ page: 'checks', period: '7d', compare: 'last-week', more: 1 }, usual),
      { page: 'checks', period: '7d', compare: 'last-week' },
    );
  });

  it('names the device and the port, whatever characters they have', () => {
    const device = '<b>{{x}}</b>\u0000';
    assert.deepEqual(readPageRequest({ page: 'device', device }, usual), {
      ...{ page: 'device', device },
      ...usual,
    });
    assert.deepEqual(readPageRequest({ page: 'port', device: 'sw', interface: 'Gi1/0/1' }, usual), {
      page: 'port',
      device: 'sw',
      interface: 'Gi1/0/1',
      ...usual,
    });
  });

  it('says what is sought in configurations, and which versions are meant', () => {
    assert.deepEqual(readPageRequest({ page: 'configurations' }, usual), {
      ...{ page: 'configurations', search: '', isExpression: false },
      ...usual,
    });
    const sought = { page: 'configurations', search: '^vlan \\d+$', isExpression: true };
    assert.deepEqual(readPageRequest(sought, usual), { ...sought, ...usual });
    assert.deepEqual(readPageRequest({ page: 'configuration', device: 'sw' }, usual), {
      ...{ page: 'configuration', device: 'sw', isWhole: false },
      ...usual,
    });
    const meant = { page: 'configuration', device: 'sw', version: 7, before: 3, isWhole: true };
    assert.deepEqual(readPageRequest(meant, usual), { ...meant, ...usual });
  });

  it('says of what span or alert it is to be told what changed', () => {
    const read = (asked: object) => readPageRequest({ page: 'changes', ...asked }, usual);
    assert.deepEqual(read({}), { page: 'changes', span: '1h', ...usual });
    assert.deepEqual(read({ span: '15m' }), { page: 'changes', span: '15m', ...usual });
    assert.deepEqual(read({ alert: 'f', span: '6h' }), { page: 'changes', alert: 'f', ...usual });
    assert.throws(() => read({ span: '2h' }), /15m, 1h, 6h, 24h/);
    assert.throws(() => read({ alert: 7 }), { name: 'Problem', field: 'alert' });
  });

  it('says whose traffic is meant, and when', () => {
    assert.deepEqual(readPageRequest({ page: 'traffic', device: '', address: '' }, usual), {
      ...{ page: 'traffic', ...usual },
    });
    const meant = { page: 'traffic', device: 'gw', interface: 'wan', at: 1_795_874_700_000 };
    assert.deepEqual(readPageRequest({ ...meant, address: ' 10.0.0.7 ' }, usual), {
      ...{ ...meant, address: '10.0.0.7' },
      ...usual,
    });
  });

  it('says by what its answer is known, if by a short text', () => {
    assert.equal(requestOf({ page: 'overview', request: 'a1' }), 'a1');
    for (const payload of [null, 'a1', {}, { request: 7 }, { request: 'x'.repeat(101) }]) {
      assert.equal(requestOf(payload), undefined);
    }
  });

  const bad: [unknown, RegExp][] = [
    [undefined, /^page: expected an object/],
    ['overview', /^page: expected an object/],
    [[], /^page: expected an object/],
    [{}, /^page: expected .*overview, devices/],
    [{ page: '__proto__' }, /^page: expected .*overview/],
    [{ page: 'overview', period: '2h' }, /^period: expected .*1h, 6h/],
    [{ page: 'overview', compare: 7 }, /^compare: expected .*none, yesterday/],
    [{ page: 'configurations', search: 7 }, /^search: expected a text/],
    [{ page: 'configurations', search: 'x'.repeat(501) }, /^search: expected .*500/],
    [{ page: 'configuration', device: 'sw', version: 1.5 }, /^version: expected a whole/],
    [{ page: 'configuration', device: 'sw', version: 2, before: {} }, /^before: expected a whole/],
    [{ page: 'device' }, /^device: expected a text/],
    [{ page: 'device', device: { toString: 'x' } }, /^device: expected a text/],
    [{ page: 'device', device: 'x'.repeat(20_001) }, /^device: expected .*20000/],
    [{ page: 'port', device: 'sw', interface: '' }, /^interface: expected a text/],
  ];
  for (const [payload, message] of bad) {
    it(`refuses ${JSON.stringify(payload)?.slice(0, 60)}`, () => {
      assert.throws(() => readPageRequest(payload, usual), { name: 'Problem', message });
    });
  }
});
