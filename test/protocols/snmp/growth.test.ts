import assert from 'node:assert/strict';
import { Growth } from '../../../nodes/protocols/snmp/growth.ts';

describe('Growth', () => {
  const counter = (value: number) => ({ oid: '1.3.6.1.2.1.6.11.0', type: 65, value });
  let growth: Growth;

  const poll = (value: number, restarted = false) => {
    growth.begin(restarted);
    return growth.of(counter(value));
  };

  beforeEach(() => {
    growth = new Growth();
  });

  it('is the difference to the poll before, over a wrap too', () => {
    assert.equal(poll(100), undefined);
    assert.equal(poll(2 ** 31 + 99), 2 ** 31 - 1);
    assert.equal(poll(5), 2 ** 31 - 94);
  });

  it('cannot be told where a counter fell, and can at the next poll', () => {
    poll(1000);
    assert.equal(poll(400), undefined);
    assert.equal(poll(700), 300);
  });

  it('cannot be told over a restart, nor over a poll without the counter', () => {
    poll(100);
    assert.equal(poll(300, true), undefined);
    growth.begin(false);
    assert.equal(growth.of(undefined), undefined);
    assert.equal(poll(900), undefined);
  });
});
