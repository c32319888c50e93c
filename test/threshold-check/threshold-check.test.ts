import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Alert } from '../../nodes/contract/alert.ts';
import type { Reading } from '../../nodes/contract/reading.ts';
import { checkRules, type RuleInput } from '../../nodes/threshold-check/rule.ts';
import { decode, encode, restore } from '../../nodes/threshold-check/state.ts';
import {
  type Changes,
  type Options,
  ThresholdCheck,
} from '../../nodes/threshold-check/threshold-check.ts';

const texts = {
  reading: '{{series}}: {{value}}',
  silence: '{{series}} silent',
  gone: '{{series}} not reported',
  rule: '{{series}} gone',
  up: '{{series}}: {{value}}',
  down: '{{series}}: {{value}}',
  metricName: String,
};
const start = Date.UTC(2026, 0, 1);
const second = 1000;

/** A check with a clock of its own, in seconds after `start`. */
class Bench {
  now = start;
  check: ThresholdCheck;
  /** what the last call changed */
  last!: Changes;
  #run = 'first';
  readonly #options: Partial<Options>;

  constructor(rules: Partial<RuleInput>[], options: Partial<Options> = {}) {
    this.#options = options;
    this.check = this.#make();
    this.rules(rules);
  }

  rules(rules: Partial<RuleInput>[]) {
    const cpu = { metric: 'cpu_usage', comparison: '>', threshold: 80 };
    const complete = checkRules(
      'rules',
      rules.map((rule) => ({ ...cpu, ...rule })),
    );
    return this.#told(this.check.setRules(complete, this.now));
  }

  /** A reading that arrives at a time; its own time is the same unless told. */
  read(at: number, value: number, more: Partial<Reading> = {}) {
    this.now = start + at * second;
    const labels = { device: 'a' };
    const reading = { metric: 'cpu_usage', value, unit: '%', time: start + at * second, labels };
    const { problems, ...changes } = this.check.observe([{ ...reading, ...more }], this.now);
    return [...this.#told(changes), ...problems.map((p) => p.message)];
  }

  /** Lets the clock run to a time, as the timer of a node does. */
  wait(until: number) {
    const alerts: string[] = [];
    while (this.check.wakeAt <= start + until * second) {
      this.now = Math.max(this.now, this.check.wakeAt);
      alerts.push(...this.#told(this.check.elapse(this.now)));
    }
    this.now = start + until * second;
    return alerts;
  }

  /** Reads a value each second; gives what came first. */
  each(from: number, value: number) {
    for (let at = from; at < from + 3600; at++) {
      const alerts = this.read(at, value);
      if (alerts.length > 0) return `${at}: ${alerts.join()}`;
    }
    return undefined;
  }

  /** What is kept at a time, as it comes back from the file. */
  kept(at?: number) {
    const now = at === undefined ? this.check.now : start + at * second;
    const state = encode(this.check, this.check.rules, { now, date: now, run: this.#run });
    return decode(JSON.parse(JSON.stringify(state)));
  }

  /** Goes on from what was kept, by default at the last reading, in another run unless told. */
  restart(at: number, { kept = this.kept(), run = 'another' } = {}) {
    this.now = start + at * second;
    this.check = this.#make();
    this.#run = run;
    restore(this.check, kept, { now: this.now, date: this.now, run });
    return this.#told(this.check.elapse(this.now));
  }

  /** Forgets devices that were removed. */
  remove(devices: string[]) {
    return this.#told(this.check.removeDevices(new Set(devices), this.now));
  }

  #told(changes: Changes) {
    this.last = changes;
    return changes.alerts.map(brief);
  }

  #make() {
    return new ThresholdCheck({ texts, sendPending: false, now: this.now, ...this.#options });
  }
}

function brief({ state, summary, startsAt, endsAt }: Alert): string {
  const end = endsAt === undefined ? '' : `-${(endsAt - start) / second}`;
  return `${state} ${(startsAt - start) / second}${end} ${summary}`;
}

describe('ThresholdCheck', () => {
  it('tells of each change once', () => {
    const bench = new Bench([{}]);
    assert.deepEqual(bench.read(0, 80), []);
    assert.deepEqual(bench.read(10, 81), ['firing 10 a: 81 %']);
    assert.deepEqual(bench.read(20, 99), []);
    assert.deepEqual(bench.read(30, 80), ['resolved 10-30 a: 80 %']);
    assert.deepEqual(bench.read(40, 80), []);
  });

  it('makes complete alerts', () => {
    const check = new Bench([{ name: 'CPU', severity: 'critical' }]).check;
    const labels = { device: 'core-1' };
    const reading = { metric: 'cpu_usage', value: 93, unit: '%', time: start, labels };
    assert.deepEqual(check.observe([reading], start).alerts, [
      {
        name: 'CPU',
        state: 'firing',
        severity: 'critical',
        metric: 'cpu_usage',
        labels,
        unit: '%',
        value: 93,
        threshold: 80,
        summary: 'core-1: 93 %',
        startsAt: start,
        fingerprint: '78ac8c6fada648ab',
      },
    ]);
  });

  it('fires by no timer: a reading after the time does, or the wait ends', () => {
    const bench = new Bench([{ for: 60 }], { sendPending: true });
    assert.deepEqual(bench.read(0, 81), ['pending 0 a: 81 %']);
    assert.deepEqual(bench.read(10, 81), []);
    assert.deepEqual(bench.wait(310), []);
    assert.deepEqual(bench.wait(311), ['resolved 0-310.001 a not reported']);
    assert.equal(bench.check.count('pending'), 0);
    assert.deepEqual(bench.read(400, 81), ['pending 400 a: 81 %']);
    // The last reading that counts is one of five minutes ago.
    assert.deepEqual(bench.wait(700), []);
    assert.deepEqual(bench.read(700, 81), ['firing 400 a: 81 %']);
  });

  it('ends what is pending without a word where pending alerts are not told of', () => {
    const bench = new Bench([{ for: 60 }]);
    bench.read(0, 81);
    assert.deepEqual(bench.wait(86_000), []);
    assert.equal(bench.check.count('pending'), 0);
  });

  it('waits for what comes rarely for twice its pause', () => {
    const bench = new Bench([{ for: 600 }]);
    bench.read(0, 10);
    bench.read(600, 90);
    assert.deepEqual(bench.wait(1800), []);
    assert.equal(bench.check.count('pending'), 1);
    assert.deepEqual(bench.wait(1801), []);
    assert.equal(bench.check.count('pending'), 0);
  });

  it('does not fire on one bad reading where polls are as far apart as the rule lasts', () => {
    for (const early of [-0.5, 0, 0.5]) {
      const spike = new Bench([{ for: 60 }]);
      for (const [at, value] of [
        [0, 10],
        [60, 90],
        [120 + early, 10],
      ] as const) {
        assert.deepEqual(spike.wait(at), []);
        assert.deepEqual(spike.read(at, value), []);
      }
      const lasting = new Bench([{ for: 60 }]);
      lasting.read(0, 10);
      lasting.read(60, 90);
      assert.deepEqual(lasting.wait(120 + early), []);
      assert.deepEqual(lasting.read(120 + early, 90), ['firing 60 a: 90 %']);
    }
  });

  it('fires by readings that come more rarely than every five minutes too', () => {
    const bench = new Bench([{ for: 1800 }]);
    bench.read(0, 10);
    for (const at of [600, 1200, 1800]) assert.deepEqual(bench.read(at, 90), []);
    assert.deepEqual(bench.read(2400, 90), ['firing 600 a: 90 %']);
  });

  it('does not fire on a reading of more than five minutes ago, nor count the silence', () => {
    const bench = new Bench([{ for: 600 }]);
    bench.read(0, 81);
    assert.deepEqual(bench.wait(1000), []);
    assert.deepEqual(bench.read(1001, 81), []);
    for (let at = 1061; at < 1601; at += 60) assert.deepEqual(bench.read(at, 81), []);
    assert.deepEqual(bench.read(1601, 81), ['firing 1001 a: 81 %']);
  });

  it('counts no night in which nothing was known', () => {
    const bench = new Bench([{ for: 600 }], { sendPending: true });
    assert.deepEqual(bench.read(0, 95), ['pending 0 a: 95 %']);
    assert.deepEqual(bench.read(8 * 3600, 95), []);
    assert.deepEqual(bench.read(8 * 3600 + 10, 1), [
      `resolved ${8 * 3600}-${8 * 3600 + 10} a: 1 %`,
    ]);
  });

  it('resolves when the clear time has passed, with no further reading', () => {
    const bench = new Bench([{ clearAfter: 30, clearThreshold: 70 }]);
    bench.read(0, 81);
    assert.deepEqual(bench.read(10, 75), []);
    assert.deepEqual(bench.read(20, 70), []);
    assert.deepEqual(bench.wait(49), []);
    assert.deepEqual(bench.wait(50), ['resolved 0-50 a: 70 %']);
  });

  it('tells of pending alerts only where it is asked to, and of their end', () => {
    const quiet = new Bench([{ for: 60 }]);
    assert.deepEqual(quiet.read(0, 81), []);
    assert.deepEqual(quiet.read(10, 1), []);
    const told = new Bench([{ for: 60 }], { sendPending: true });
    assert.deepEqual(told.read(0, 81), ['pending 0 a: 81 %']);
    assert.deepEqual(told.read(10, 1), ['resolved 0-10 a: 1 %']);
  });

  it('keeps the state, fires or resolves when readings stop', () => {
    const keep = new Bench([{}]);
    keep.read(0, 81);
    assert.deepEqual(keep.wait(80_000), []);
    assert.equal(keep.check.count('firing'), 1);

    const fire = new Bench([{ noData: 'fire', noDataAfter: 60 }]);
    fire.read(0, 1);
    fire.read(30, 1);
    assert.deepEqual(fire.wait(89), []);
    assert.deepEqual(fire.wait(90), ['firing 90 a silent']);
    assert.deepEqual(
      fire.check.active().map(({ value, threshold }) => [value, threshold]),
      [[null, null]],
    );
    assert.deepEqual(fire.read(100, 1), ['resolved 90-100 a: 1 %']);

    const resolve = new Bench([{ noData: 'resolve', noDataAfter: 60 }]);
    resolve.read(0, 81);
    assert.deepEqual(resolve.wait(60), ['resolved 0-60 a silent']);
  });

  it('has a new series kept at once where its silence would be told of', () => {
    for (const [noData, expected] of [
      ['fire', true],
      ['keep', false],
    ] as const) {
      const bench = new Bench([{ noData, noDataAfter: 60 }]);
      bench.read(0, 1);
      assert.equal(bench.last.kept, expected, noData);
    }
  });

  it('tells the value once readings are back and bad', () => {
    const bench = new Bench([{ noData: 'fire', noDataAfter: 300, threshold: 50 }]);
    bench.read(0, 10);
    assert.deepEqual(bench.wait(300), ['firing 300 a silent']);
    assert.deepEqual(bench.read(310, 95), ['firing 300 a: 95 %']);
    assert.deepEqual(
      bench.check.active().map(({ value, summary }) => [value, summary]),
      [[95, 'a: 95 %']],
    );
    assert.deepEqual(bench.read(320, 96), []);
    assert.deepEqual(bench.read(330, 10), ['resolved 300-330 a: 10 %']);
  });

  it('judges by arrival, whatever the time of a reading', () => {
    const times = [0, -360, 330, 3600, -86_400, 4e12].map((s) => ({ time: start + s * second }));
    const bench = new Bench([
      { noData: 'fire', noDataAfter: 60 },
      { name: 'long', for: 30 },
    ]);
    times.forEach((more, i) => assert.deepEqual(bench.read(i * 10, 1, more), []));
    assert.deepEqual(bench.read(60, 81, times[1]), ['firing 60 a: 81 %']);
    assert.deepEqual(bench.read(70, 81, times[2]), []);
    assert.deepEqual(bench.read(80, 81, times[3]), []);
    assert.deepEqual(bench.read(90, 81, times[1]), ['firing 60 a: 81 %']);
    assert.deepEqual(bench.read(100, 1, times[0]), [
      'resolved 60-100 a: 1 %',
      'resolved 60-100 a: 1 %',
    ]);
  });

  it('tells times of day, of a clock that may be set in between', () => {
    let set = 0;
    const bench = new Bench([{}], { toDate: (time) => time + set });
    assert.deepEqual(bench.read(10, 81), ['firing 10 a: 81 %']);
    set = 3600 * second;
    assert.equal(bench.check.active()[0]!.startsAt, start + 10 * second);
    assert.deepEqual(bench.read(20, 1), ['resolved 10-3620 a: 1 %']);
  });

  it('fires only after a good value where a rule asks for that, and knows it after a restart', () => {
    const bench = new Bench([{ onlyAfterOk: true, comparison: '<', threshold: 1 }]);
    const port = (interfaceName: string) => ({ labels: { interface: interfaceName } });
    for (const at of [0, 10, 20]) assert.deepEqual(bench.read(at, 0, port('never')), []);
    assert.deepEqual(bench.read(30, 1, port('was')), []);
    bench.restart(40);
    assert.deepEqual(bench.read(50, 0, port('never')), []);
    assert.deepEqual(bench.read(50, 0, port('was')), ['firing 50 was: 0 %']);
    assert.deepEqual(bench.read(60, 1, port('was')), ['resolved 50-60 was: 1 %']);
    assert.deepEqual(bench.read(60, 1, port('never')), []);
    assert.deepEqual(bench.read(70, 0, port('never')), ['firing 70 never: 0 %']);
  });

  it('knows that a series had a good value where rules change, and over two restarts', () => {
    const rule = { name: 'port', onlyAfterOk: true, comparison: '<', threshold: 1 } as const;
    const bench = new Bench([rule]);
    bench.read(0, 1);
    bench.rules([rule, { name: 'other', threshold: 90 }]);
    bench.restart(10);
    bench.restart(20);
    assert.deepEqual(bench.read(30, 0), ['firing 30 a: 0 %']);
  });

  it('misses no data because the machine slept', () => {
    const bench = new Bench([{ noData: 'fire', noDataAfter: 60 }]);
    bench.read(0, 1);
    bench.now = start + 8000 * second;
    assert.deepEqual(bench.check.elapse(bench.now).alerts, []);
    assert.deepEqual(bench.wait(8060), ['firing 8060 a silent']);
  });

  it('tells of no silence where a rule asks for a good value first and there was none', () => {
    const bench = new Bench([
      { onlyAfterOk: true, comparison: '<', threshold: 1, noData: 'fire', noDataAfter: 60 },
    ]);
    bench.read(0, 0);
    assert.deepEqual(bench.wait(600), []);
    bench.read(610, 1);
    assert.deepEqual(bench.wait(670), ['firing 670 a silent']);
  });

  it('fires at once where a new rule finds that readings stopped long ago', () => {
    const bench = new Bench([{}]);
    bench.read(0, 1);
    bench.wait(600);
    bench.rules([{ noData: 'fire', noDataAfter: 60 }]);
    assert.deepEqual(bench.wait(600), ['firing 60 a silent']);
  });

  it('keeps series and rules apart', () => {
    const bench = new Bench([{}, { threshold: 90 }, { threshold: 1, filter: 'device=b' }]);
    assert.deepEqual(bench.read(0, 85), ['firing 0 a: 85 %']);
    const device = { labels: { device: 'b' } };
    assert.deepEqual(bench.read(1, 85, device), ['firing 1 b: 85 %', 'firing 1 b: 85 %']);
    assert.deepEqual(bench.read(2, 85, { ...device, metric: 'other' }), []);
    const prints = bench.check.active().map(({ fingerprint }) => fingerprint);
    assert.equal(new Set(prints).size, 3);
  });

  it('lists what is active: the worst first, of equal ones the oldest', () => {
    const bench = new Bench([
      { severity: 'info' },
      { severity: 'critical', threshold: 90 },
      { threshold: 85 },
    ]);
    bench.read(0, 86);
    bench.read(1, 95, { labels: { device: 'b' } });
    assert.deepEqual(
      bench.check.active().map(({ severity, labels }) => `${severity} ${labels.device}`),
      ['critical b', 'warning a', 'warning b', 'info a', 'info b'],
    );
  });

  it('lists the oldest first of those that are equally bad, where rules changed too', () => {
    const [later, earlier] = [{ threshold: 90 }, { threshold: 80 }];
    const bench = new Bench([later, earlier]);
    bench.read(0, 81);
    bench.read(5, 91);
    const starts = () => bench.check.active().map(({ startsAt }) => (startsAt - start) / second);
    assert.deepEqual(starts(), [0, 5]);
    bench.rules([later, earlier, { threshold: 99 }]);
    assert.deepEqual(starts(), [0, 5]);
  });

  it('lists an alert with the words of now after it came back', () => {
    const bench = new Bench([{ noData: 'fire', noDataAfter: 60 }]);
    bench.read(0, 1);
    bench.wait(60);
    assert.deepEqual(bench.check.active().map(brief), ['firing 60 a silent']);
    bench.read(70, 81);
    assert.deepEqual(bench.check.active().map(brief), ['firing 60 a: 81 %']);
  });

  it('knows after a restart that an alert is about silence, and how often a series comes', () => {
    const bench = new Bench([{ noData: 'fire', noDataAfter: 60 }]);
    bench.read(0, 1);
    bench.wait(60);
    bench.restart(70, { run: 'first' });
    assert.deepEqual(bench.check.active().map(brief), ['firing 60 a silent']);
    const slow = new Bench([{ for: 600 }]);
    for (const at of [0, 1200]) slow.read(at, 81);
    // Longer than five minutes, but no longer than such a series takes.
    slow.restart(1210, { run: 'first' });
    assert.deepEqual(slow.wait(2300), []);
    assert.deepEqual(slow.check.count('pending') + slow.check.count('firing'), 1);
  });

  it('shifts what is clearing with the clock of another run', () => {
    const bench = new Bench([{ clearAfter: 100 }]);
    bench.read(0, 81);
    bench.read(10, 50);
    bench.read(60, 50);
    const kept = bench.kept(60);
    // Its clock began anew.
    const other = {
      ...kept,
      now: kept.now - 1e9,
      series: kept.series.map((series) => ({
        ...series,
        time: series.time - 1e9,
        watches: series.watches.map((watch) => ({
          ...watch,
          phase:
            watch.phase.state === 'firing'
              ? {
                  ...watch.phase,
                  since: watch.phase.since - 1e9,
                  clearSince: watch.phase.clearSince! - 1e9,
                }
              : watch.phase,
        })),
      })),
    };
    bench.restart(60, { kept: other, run: 'first' });
    assert.deepEqual(bench.read(100, 50), []);
    assert.deepEqual(bench.read(115, 50), ['resolved 0-115 a: 50 %']);
  });

  it('resolves once what a changed or removed rule had raised', () => {
    const bench = new Bench([{ name: 'CPU' }]);
    bench.read(0, 81);
    assert.deepEqual(bench.rules([{ name: 'CPU', for: 60, summary: 'x' }]), []);
    assert.deepEqual(bench.rules([{ name: 'CPU', threshold: 79 }]), ['resolved 0-0 a gone']);
    assert.deepEqual(bench.read(1, 81), ['firing 1 a: 81 %']);
    assert.deepEqual(bench.rules([{ name: 'CPU', threshold: 79, filter: 'device=b' }]), [
      'resolved 1-1 a gone',
    ]);
    assert.deepEqual(bench.rules([]), []);
    assert.deepEqual(bench.check.active(), []);
  });

  it('keeps what it knows apart from what it takes and gives', () => {
    const { check } = new Bench([{}]);
    const labels = { device: 'a' };
    const reading = { metric: 'cpu_usage', value: 93, unit: '%', time: start, labels };
    const [alert] = check.observe([reading], start).alerts;
    for (const changed of [labels, alert!.labels, check.active()[0]!.labels]) changed.device = 'b';
    assert.deepEqual(check.active()[0]!.labels, { device: 'a' });
  });

  it('goes on after a restart where it stood', () => {
    const bench = new Bench([{ for: 60 }, { name: 'limit', threshold: 90 }]);
    assert.deepEqual(bench.read(0, 95), ['firing 0 a: 95 %']);
    bench.read(30, 95);
    assert.deepEqual(bench.restart(40), []);
    // Of the wait 30 s are over: what was from the last reading until this one, nobody knows.
    assert.equal(bench.each(50, 95), '80: firing 0 a: 95 %');
    assert.deepEqual(bench.restart(90), []);
    assert.deepEqual(bench.read(95, 1), ['resolved 0-95 a: 1 %', 'resolved 0-95 a: 1 %']);
  });

  it('loses nothing but the time of the deploy itself in a deploy', () => {
    const bench = new Bench([{ for: 60 }]);
    bench.read(0, 95);
    bench.read(30, 95);
    assert.deepEqual(bench.restart(42, { kept: bench.kept(40), run: 'first' }), []);
    assert.equal(bench.each(43, 95), '62: firing 0 a: 95 %');
  });

  it('counts no time that nobody watched after a crash, however late it was kept', () => {
    for (const keptAt of [0, 30, 55]) {
      const bench = new Bench([{ for: 60 }]);
      bench.read(0, 95);
      const kept = bench.kept(keptAt);
      assert.deepEqual(bench.restart(70, { kept }), []);
      assert.equal(bench.each(100, 95), '160: firing 0 a: 95 %');
    }
  });

  it('counts none in two restarts before the first reading either', () => {
    const bench = new Bench([{ for: 60 }]);
    bench.read(0, 95);
    bench.restart(10);
    bench.restart(40, { kept: bench.kept(30) });
    bench.restart(50, { kept: bench.kept(50), run: 'another' });
    assert.equal(bench.each(70, 95), '130: firing 0 a: 95 %');
  });

  it('ends nothing by time alone after a restart, before a reading', () => {
    const clearing = () => {
      const bench = new Bench([{ clearAfter: 30 }]);
      bench.read(0, 95);
      bench.read(10, 1);
      return bench;
    };
    assert.deepEqual(clearing().wait(55), ['resolved 0-40 a: 1 %']);
    const bench = clearing();
    bench.restart(20);
    assert.deepEqual(bench.wait(200), []);
    assert.equal(bench.each(200, 1), '230: resolved 0-230 a: 1 %');
  });

  it('keeps what has to last once a minute, so that a crash costs no more', () => {
    const minutes = 60;
    const bench = new Bench([{ for: 25 * minutes }]);
    const keeps = (at: number, value: number) => {
      bench.read(at, value);
      return bench.last.kept;
    };
    assert.equal(keeps(0, 95), true);
    assert.deepEqual(
      [59, 60, 119, 120].map((at) => keeps(at, 95)),
      [false, true, false, true],
    );
    assert.equal(keeps(130, 1), true);
    assert.equal(keeps(600, 1), false);
    // Killed 24 minutes into the wait: that is no outage of 24 minutes.
    for (let at = 11; at <= 34; at++) assert.equal(keeps(at * minutes, 95), true);
    const kept = bench.kept();
    assert.deepEqual(bench.restart(36 * minutes, { kept }), []);
    const end = 38 * minutes;
    assert.equal(bench.each(36 * minutes, 95), `${end}: firing ${11 * minutes} a: 95 %`);
  });

  // The timelines of Prometheus' TestForStateRestore, in minutes: `for` 25, readings at 0 and 5.
  for (const [what, down, fires] of [
    ['does not count the time in which it was down', 15, 35],
    ['starts anew after a long outage', 40, 65],
  ] as const) {
    it(what, () => {
      const minutes = 60;
      const bench = new Bench([{ for: 25 * minutes }]);
      bench.read(0, 95);
      bench.read(5 * minutes, 95);
      assert.deepEqual(bench.restart(down * minutes), []);
      for (let at = down; at < fires; at++) assert.deepEqual(bench.read(at * minutes, 95), []);
      assert.equal(bench.read(fires * minutes, 95).length, 1);
    });
  }

  it('gives ten minutes of grace after an outage', () => {
    const minutes = 60;
    const bench = new Bench([{ for: 25 * minutes }]);
    for (let at = 0; at <= 24; at++) bench.read(at * minutes, 95);
    assert.deepEqual(bench.restart(34 * minutes), []);
    for (let at = 34; at < 44; at++) assert.deepEqual(bench.read(at * minutes, 95), []);
    assert.deepEqual(bench.read(44 * minutes, 95), ['firing 0 a: 95 %']);
  });

  it('keeps the other series where one of the kept state is damaged', () => {
    const bench = new Bench([{}]);
    bench.read(0, 95);
    bench.read(0, 95, { labels: { device: 'b' } });
    const kept = JSON.parse(JSON.stringify(bench.kept())) as {
      series: { labels: unknown }[];
    };
    kept.series[0]!.labels = 7;
    const problems: Error[] = [];
    assert.deepEqual(
      decode(kept, problems).series.map(({ labels }) => labels),
      [{ device: 'b' }],
    );
    assert.deepEqual(
      problems.map(({ message }) => message),
      ['series[0].labels: expected an object, but got 7'],
    );
  });

  it('takes the state that version 0.1.0 kept', () => {
    const rules = checkRules('rules', [{ metric: 'cpu_usage', comparison: '>', threshold: 80 }]);
    const rule = JSON.parse(JSON.stringify(rules[0])) as Partial<RuleInput>;
    delete rule.onlyAfterOk;
    const labels = { device: 'a' };
    const series = { metric: 'cpu_usage', labels, unit: '%', time: start, value: 95 };
    const watch = { rule: 0, phase: { state: 'firing', since: start - 1000 }, told: true };
    const state = decode({
      version: 1,
      table: [rule],
      rules: [rule],
      series: [{ ...series, watches: [watch] }],
    });
    const check = new ThresholdCheck({ texts, sendPending: false, now: 5000 });
    restore(check, state, { now: 5000, date: start, run: 'this' });
    assert.deepEqual(check.active().map(brief), ['firing -1 a: 95 %']);
  });

  it('lets no time pass for data while it was not running', () => {
    const bench = new Bench([
      { noData: 'fire', noDataAfter: 60 },
      { name: 'long', for: 100 },
    ]);
    bench.read(0, 85);
    bench.read(1, 1, { labels: { device: 'b' } });
    assert.deepEqual(bench.restart(9000), []);
    assert.deepEqual(bench.wait(9060), ['firing 9060 b silent']);
  });

  it('ends at once what is told of a device that was removed', () => {
    const bench = new Bench(
      [
        { name: 'CPU' },
        { name: 'silent', noData: 'fire', noDataAfter: 60, threshold: 99 },
        { name: 'long', for: 600 },
      ],
      { sendPending: true },
    );
    for (const device of ['a', 'b']) bench.read(0, 81, { labels: { device } });
    bench.read(0, 81, { labels: {} });
    bench.wait(60);
    const before = bench.check.seriesCount;
    bench.now += second;
    const ends = bench.remove(['b', 'x']);
    assert.deepEqual(ends, [
      'resolved 0-61 b not reported',
      'resolved 60-61 b not reported',
      'resolved 0-61 b not reported',
    ]);
    assert.deepEqual([bench.last.kept, bench.last.active], [true, true]);
    assert.equal(bench.check.seriesCount, before - 1);
    assert.equal(
      bench.check.active().some(({ labels }) => labels.device === 'b'),
      false,
    );
    assert.deepEqual(bench.remove(['b']), []);
    assert.deepEqual([bench.last.kept, bench.last.active], [false, false]);
    assert.deepEqual(bench.read(70, 1), [
      'resolved 0-70 a: 1 %',
      'resolved 60-70 a: 1 %',
      'resolved 0-70 a: 1 %',
    ]);
  });

  it('forgets series that are gone for a day, and ends their alerts', () => {
    const bench = new Bench([{}]);
    bench.read(0, 1);
    bench.read(1, 81, { labels: { device: 'b' } });
    assert.deepEqual(bench.wait(23 * 3600), []);
    assert.equal(bench.check.seriesCount, 2);
    const [end, ...others] = bench.wait(26 * 3600);
    assert.match(end!, /^resolved 1-\d+ b not reported$/);
    assert.deepEqual(others, []);
    assert.equal(bench.check.seriesCount, 0);
    assert.deepEqual(bench.check.active(), []);
  });

  it('keeps an alert about silence for a week', () => {
    const bench = new Bench([{ noData: 'fire', noDataAfter: 60 }]);
    bench.read(0, 1);
    assert.deepEqual(bench.wait(6 * 86_400), ['firing 60 a silent']);
    assert.match(bench.wait(8 * 86_400)[0]!, /^resolved 60-\d+ a not reported$/);
  });

  it('checks a limited number of series and says so', () => {
    const bench = new Bench([{}], { maxSeries: 1 });
    bench.read(0, 1);
    const more = { labels: { device: 'b' } };
    assert.deepEqual(bench.read(1, 81, more), ['more than 1 series: new ones are not checked']);
    assert.deepEqual(bench.read(2, 81), ['firing 2 a: 81 %']);
  });

  it('makes room for a new series where others have not come for an hour and mean nothing', () => {
    const bench = new Bench([{}], { maxSeries: 3 });
    bench.read(0, 1, { labels: { device: 'gone' } });
    assert.deepEqual(bench.read(0, 81, { labels: { device: 'bad' } }), ['firing 0 bad: 81 %']);
    bench.read(3000, 1, { labels: { device: 'here' } });
    const more = { labels: { device: 'new' } };
    assert.match(bench.read(3599, 81, more)[0]!, /^more than 3 series/);
    // Once a minute it is looked for.
    assert.match(bench.read(3600, 81, more)[0]!, /^more than 3 series/);
    assert.deepEqual(bench.read(3660, 81, more), ['firing 3660 new: 81 %']);
    // What fires stays, however long it is silent.
    assert.match(bench.read(3800, 1, { labels: { device: 'x' } })[0]!, /^more than 3 series/);
    assert.equal(bench.check.active().length, 2);
  });

  it('alternates between firing and resolved, whatever happens', () => {
    const settings = fc.record({
      for: fc.constantFrom(0, 5, 30),
      clearAfter: fc.constantFrom(0, 5, 30),
      clearThreshold: fc.constantFrom(80, 70),
      noData: fc.constantFrom('keep', 'fire', 'resolve'),
      noDataAfter: fc.constantFrom(10, 60),
    });
    const event = fc.oneof(
      fc.record({ kind: fc.constant('read'), value: fc.constantFrom(60, 75, 90) }),
      fc.record({ kind: fc.constantFrom('wait', 'restart', 'edit') }),
    );
    const step = fc.tuple(fc.integer({ min: 0, max: 400 }), fc.constantFrom('a', 'b'), event);
    fc.assert(
      fc.property(settings, fc.array(step, { maxLength: 40 }), (rule, steps) => {
        const rules = (threshold: number) => [{ ...rule, name: 'CPU', threshold } as RuleInput];
        const bench = new Bench(rules(80));
        const states = new Map<string, string>();
        let clock = 0;
        let edits = 1;
        const follow = (alerts: string[]) => {
          for (const alert of alerts) {
            const [state] = alert.split(' ');
            const device = alert.includes('b') ? 'b' : 'a';
            // What fires by silence is told once more when its value is known.
            const silent = states.get(`${device} silent`) === 'true';
            states.set(`${device} silent`, String(alert.endsWith('silent') && state === 'firing'));
            if (silent && state === 'firing') continue;
            assert.notEqual(states.get(device) ?? 'resolved', state, alert);
            states.set(device, state!);
          }
        };
        for (const [seconds, device, { kind, ...more }] of steps) {
          clock += seconds;
          const labels = { device };
          if ('value' in more) follow(bench.read(clock, more.value, { labels }));
          else if (kind === 'wait') follow(bench.wait(clock));
          else if (kind === 'restart') follow(bench.restart(clock));
          else follow(bench.rules(rules(80 + (edits++ % 2) * 5)));
        }
      }),
      { numRuns: 500 },
    );
  });
});
