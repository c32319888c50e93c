import assert from 'node:assert/strict';
import { FineClock } from '../../../nodes/protocols/ntp/fine-clock.ts';

/** A system whose time of day is told in whole ms, as it is to JavaScript. */
class Machine {
  time = 0;
  ahead = 1_795_000_000_000.3;
  readonly clock = {
    date: () => Math.floor(this.time + this.ahead),
    steady: () => this.time,
  };
}

describe('FineClock', () => {
  it('is right to half a ms at once, and nearer with each look', () => {
    const machine = new Machine();
    const fine = new FineClock(machine.clock);
    const wrong = () => Math.abs(fine.ahead() - machine.ahead);
    assert.ok(wrong() <= 0.5);
    for (let i = 0; i < 50; i++) {
      machine.time += 7.13;
      fine.ahead();
    }
    assert.ok(wrong() < 0.05);
  });

  it('follows a clock that is set, at once', () => {
    for (const step of [5000, -5000, 3, -3]) {
      const machine = new Machine();
      const fine = new FineClock(machine.clock);
      for (let i = 0; i < 20; i++) {
        machine.time += 7.13;
        fine.ahead();
      }
      machine.ahead += step;
      assert.ok(Math.abs(fine.ahead() - machine.ahead) <= 0.5, String(step));
    }
  });

  it('follows a clock that is slewed, to a ms', () => {
    const machine = new Machine();
    const fine = new FineClock(machine.clock);
    for (let i = 0; i < 1000; i++) {
      machine.time += 1000.13;
      machine.ahead += 0.05;
      assert.ok(Math.abs(fine.ahead() - machine.ahead) <= 1);
    }
  });
});
