import assert from 'node:assert/strict';
import { DeviceClock } from '../../../nodes/protocols/snmp/device-clock.ts';

describe('DeviceClock', () => {
  it('tells when a late answer was made', () => {
    const clock = new DeviceClock();
    clock.learn({ sent: 1000, arrived: 1010, uptime: 500_000 });
    // Made at once and held up for 0.9 s, and the other way round.
    const held = { sent: 4000, arrived: 4900, uptime: 503_000 };
    clock.learn(held);
    assert.equal(clock.at(held), 4010);
    const slow = { sent: 7000, arrived: 7900, uptime: 506_890 };
    clock.learn(slow);
    assert.equal(clock.at(slow), 7900);
  });

  it('takes the arrival where the uptime tells nothing, or began anew', () => {
    const clock = new DeviceClock();
    assert.equal(clock.at({ sent: 1000, arrived: 1900 }), 1900);
    for (const time of [
      { sent: 1000, arrived: 1010, uptime: 500_000 },
      { sent: 4000, arrived: 4900, uptime: 100 },
      { sent: 7000, arrived: 7900, uptime: 100 },
    ]) {
      clock.learn(time);
      assert.equal(clock.at(time), time.arrived);
    }
  });
});
