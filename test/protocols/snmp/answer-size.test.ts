import assert from 'node:assert/strict';
import { AnswerSize } from '../../../nodes/protocols/snmp/answer-size.ts';
import { FakeClock } from '../../support/fake-clock.ts';

describe('AnswerSize', () => {
  it('begins with what fits into a frame, and grows while answers are quick and whole', () => {
    const size = new AnswerSize(new FakeClock());
    assert.equal(size.values, 60);
    size.learn(60, 60, 10);
    assert.equal(size.values, 120);
    assert.ok(size.isTrial(120) && !size.isTrial(60));
    size.learn(20, 20, 10);
    assert.equal(size.values, 120);
    size.learn(120, 120, 300);
    assert.equal(size.values, 120);
    for (let i = 0; i < 5; i++) size.learn(size.values, size.values, 10);
    assert.equal(size.values, 400);
  });

  it('stays with what the device could send, for a day', () => {
    const clock = new FakeClock();
    const size = new AnswerSize(clock);
    size.learn(60, 60, 1);
    size.learn(120, 68, 1);
    size.learn(68, 68, 1);
    assert.equal(size.values, 68);
    clock.skip(24 * 3600_000);
    size.learn(size.values, size.values, 1);
    assert.equal(size.values, 136);
  });

  it('grows again after an answer that did not come in time', () => {
    const size = new AnswerSize(new FakeClock());
    size.learn(60, 60, 10);
    size.doubt();
    size.doubt();
    assert.equal(size.values, 30);
    for (let i = 0; i < 4; i++) size.learn(size.values, size.values, 10);
    assert.equal(size.values, 400);
  });

  it('grows no more for a while after a trial that took too long, and longer each time', () => {
    const clock = new FakeClock();
    const size = new AnswerSize(clock);
    const learn = () => size.learn(size.values, size.values, 10);
    learn();
    size.giveUp(120);
    learn();
    assert.equal(size.values, 60);
    clock.skip(5 * 60_000);
    learn();
    assert.equal(size.values, 120);
    size.giveUp(120);
    clock.skip(5 * 60_000);
    learn();
    assert.equal(size.values, 60);
    clock.skip(5 * 60_000);
    learn();
    learn();
    assert.equal(size.values, 240);
  });

  it('waits a day at most after trials that took too long', () => {
    const clock = new FakeClock();
    const size = new AnswerSize(clock);
    for (let i = 0; i < 20; i++) size.giveUp(120);
    clock.advance(24 * 3600_000);
    size.learn(60, 60, 10);
    assert.equal(size.values, 120);
  });

  it('waits briefly again once it answered what took too long, but not for less', () => {
    for (const [answered, grown] of [
      [119, 60],
      [120, 240],
    ] as const) {
      const clock = new FakeClock();
      const size = new AnswerSize(clock);
      for (let i = 0; i < 3; i++) size.giveUp(120);
      size.learn(answered, answered, 300);
      size.giveUp(240);
      clock.advance(5 * 60_000);
      size.learn(size.values, size.values, 10);
      assert.equal(size.values, answered === 120 ? grown : answered, `${answered}`);
    }
  });

  it('takes for proven no more than half of what did not come in time', () => {
    const size = new AnswerSize(new FakeClock());
    size.doubt();
    assert.equal(size.values, 30);
    assert.ok(size.isTrial(31) && !size.isTrial(30));
    size.giveUp(60);
    assert.equal(size.values, 30);
  });

  it('is reduced down to one value', () => {
    const size = new AnswerSize(new FakeClock());
    assert.ok(size.reduce(4));
    assert.equal(size.values, 15);
    while (size.values > 1) assert.ok(size.reduce(4));
    assert.ok(!size.reduce(4));
  });
});
