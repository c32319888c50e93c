import assert from 'node:assert/strict';
import type { TrafficRequest } from '../../../nodes/contract/pages.ts';
import { NetworkState } from '../../../nodes/dashboard-data/network-state.ts';
import { TrafficPages } from '../../../nodes/dashboard-data/traffic/traffic-pages.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { flow, SmallHistory } from '../../support/flows.ts';
import { at, start } from '../support.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('Pages of traffic', () => {
  let state: NetworkState;
  let clock: FakeClock;
  let history: SmallHistory;
  let problems: unknown[];

  beforeEach(() => {
    state = new NetworkState();
    clock = new FakeClock({ date: start });
    history = new SmallHistory();
    problems = [];
  });

  const pages = (hasHistory = true) =>
    new TrafficPages({
      ...{ memory: state.flows, clock, signal: new AbortController().signal },
      ...(hasHistory && { history: () => Promise.resolve(history) }),
      tell: (problem) => problem !== undefined && problems.push(problem),
    });
  const page = (more: Partial<TrafficRequest> & { period?: '1h' | '24h' } = {}, from = pages()) =>
    from.page({ page: 'traffic', period: '1h', compare: 'none', ...more }, (name) => `<${name}>`);
  const partOf = (made: Awaited<ReturnType<typeof page>>, subject: string) =>
    made.parts.find((part) => part.subject === subject);

  it('show from memory what was told in the last hour', async () => {
    // Two minutes: in the second one udp was not among the largest.
    state.take(
      [
        flow(1000),
        flow(700, { protocol: 'tcp' }),
        flow(300, { protocol: 'udp' }),
        flow(600, { talker: '10.0.0.7' }),
        flow(400, { talker: 'other' }),
      ],
      at(-110),
    );
    state.take([flow(3000), flow(3000, { protocol: 'tcp' })], at(-50));
    const made = await page({}, pages(false));
    assert.deepEqual(made.exporters, [{ name: 'gw', title: '<gw>', interfaces: ['wan'] }]);
    assert.deepEqual([made.device, made.rate, made.highest], ['gw', 2000, 3000]);
    assert.deepEqual(partOf(made, 'protocol')!.shares, [
      { name: 'tcp', rate: 1850, share: 92.5 },
      { name: 'udp', rate: 150, share: 7.5 },
    ]);
    assert.deepEqual(partOf(made, 'talker')!.shares, [
      { name: '10.0.0.7', rate: 300, share: 15 },
      { name: '', rate: 200, share: 10, isOther: true },
    ]);
    const [tcp, udp] = partOf(made, 'protocol')!.chart!.lines;
    assert.deepEqual(tcp!.times, [start - 90_000, start - 30_000]);
    assert.deepEqual(
      [tcp!.values, udp!.values],
      [
        [700, 3000],
        [300, 0],
      ],
    );
    // 1000 and 3000 bit/s, a minute each.
    assert.equal(made.volume, ((1000 + 3000) * 60) / 8);
  });

  it('are of one interface, or of all together', async () => {
    state.take(
      [
        flow(1000),
        flow(1000, { protocol: 'tcp' }),
        flow(500, {}, { interface: 'lan' }),
        flow(500, { protocol: 'tcp' }, { interface: 'lan' }),
      ],
      at(-100),
    );
    // In this minute nothing came in at the lan.
    state.take([flow(1000), flow(1000, { protocol: 'tcp' })], at(-40));
    const all = await page();
    assert.deepEqual([all.rate, all.exporters[0]!.interfaces], [1250, ['wan', 'lan']]);
    assert.deepEqual(partOf(all, 'protocol')!.shares, [{ name: 'tcp', rate: 1250, share: 100 }]);
    const lan = await page({ interface: 'lan' });
    assert.deepEqual([lan.rate, lan.interface], [250, 'lan']);
    assert.deepEqual(partOf(lan, 'protocol')!.shares, [{ name: 'tcp', rate: 250, share: 100 }]);
  });

  it('put together what has no colour of its own, and leave a gap where nothing was told', async () => {
    const names = Array.from({ length: 9 }, (_, i) => `app${i}`);
    for (const seconds of [-3000, -2940, -2880, -600]) {
      state.take(
        [
          flow(4600),
          ...names.map((application, i) => flow(100 * (i + 1), { application })),
          flow(100, { application: 'other' }),
        ],
        at(seconds),
      );
    }
    const { shares, chart } = partOf(await page(), 'application')!;
    assert.deepEqual(
      shares.map(({ name, rate }) => [name, rate]),
      [
        ...[9, 8, 7, 6, 5, 4, 3].map((i) => [`app${i - 1}`, 100 * i]),
        // app0, app1 and what the collector had left out itself
        ['', 100 + 200 + 100],
      ],
    );
    assert.equal(chart!.isStacked, true);
    assert.deepEqual(chart!.lines.at(-1)!.isOther, true);
    assert.deepEqual(chart!.lines[0]!.values, [900, 900, 900, null, 900]);
  });

  it('say who sends to whom, at most ten by ten', async () => {
    const conversations = Array.from({ length: 12 }, (_, i) =>
      flow(100 * (i + 1), { source: `s${i}`, destination: `d${i % 2}` }),
    );
    const rest = flow(50, { source: 'other', destination: 'other' });
    state.take([flow(7850), ...conversations, rest], at(-60));
    const { between, parts } = await page();
    assert.deepEqual(between!.sources, [...[11, 10, 9, 8, 7, 6, 5, 4, 3].map((i) => `s${i}`), '']);
    assert.deepEqual(between!.destinations, ['d1', 'd0', '']);
    assert.deepEqual(between!.cells[0], { from: 0, to: 0, rate: 1200 });
    const sum = between!.cells.reduce((all, { rate }) => all + rate, 0);
    assert.equal(sum, 7850);
    // s0 and s2 send to d0, s1 to d1.
    assert.deepEqual(
      between!.cells.filter(({ from }) => from === 9),
      [
        { from: 9, to: 1, rate: 400 },
        { from: 9, to: 0, rate: 200 },
        { from: 9, to: 2, rate: 50 },
      ],
    );
    const list = parts.find(({ subject }) => subject === 'conversation')!.shares;
    assert.deepEqual(list[0], { name: 's11', to: 'd1', rate: 1200, share: 15.287 });
  });

  it('tell the factor of samples and by how much rates may be too high', async () => {
    const info = { sampled: '512', error_bound: '40' };
    state.take([flow(1000, {}, { info }), flow(900, { talker: 'a' }, { info })], at(-60));
    const made = await page();
    assert.deepEqual([made.sampled, partOf(made, 'talker')!.errorBound], [512, 40]);
    state.take([flow(1, {}, { device: 'b', info: { sampled: 'x', error_bound: '-1' } })], at(-59));
    assert.equal((await page({ device: 'b' })).sampled, undefined);
  });

  it('answer what an address did at a time that only a history knows', async () => {
    const evening = start - 16 * hour;
    for (let i = -60; i <= 60; i++) {
      const time = evening + i * minute + 1;
      history.keep(flow(1000, {}, { time }));
      if (i < 0 || i >= 10) continue;
      history.keep(
        flow(600, { talker: '10.0.0.7' }, { time }),
        flow(400, { source: 'nas', destination: '10.0.0.7' }, { time }),
        flow(200, { source: '10.0.0.7', destination: 'nas' }, { time }),
        flow(100, { source: '10.0.0.7', destination: 'other' }, { time }),
      );
    }
    const { search, from, to } = await page({ at: evening, address: '10.0.0.7' });
    assert.deepEqual([from, to], [evening - 30 * minute, evening + 30 * minute]);
    const { chart, ...found } = search!;
    assert.deepEqual(found, {
      ...{ address: '10.0.0.7', isFound: true, rate: 100, highest: 600, similar: [] },
      // 600 bit/s for 10 min
      volume: (600 * 600) / 8,
      peers: [{ name: 'nas', sent: 33.3333, received: 66.6667 }],
    });
    assert.deepEqual(chart!.lines[0]!.values.slice(29, 41), [0, ...Array(10).fill(600), 0]);
  });

  it('show the conversations of an address that is no talker, and others like it', async () => {
    state.take(
      [
        flow(1000),
        flow(300, { source: 'a', destination: 'b' }),
        flow(500, { talker: 'Nas.lan' }),
        flow(400, { talker: 'nas.guest' }),
      ],
      at(-60),
    );
    const a = (await page({ address: 'a' })).search!;
    assert.deepEqual(
      [a.isFound, a.rate, a.peers],
      [true, null, [{ name: 'b', sent: 300, received: null }]],
    );
    assert.deepEqual([a.chart!.isMirrored, a.chart!.lines[1]!.values], [true, [300]]);
    const like = (await page({ address: 'nas' })).search!;
    assert.deepEqual([like.isFound, like.similar], [false, ['Nas.lan', 'nas.guest']]);
    assert.equal((await page({ address: 'NAS.LAN' })).search!.rate, 500);
  });

  it('come from memory where a history has nothing or cannot be read, which is told', async () => {
    state.take([flow(1000)], at(-60));
    assert.equal((await page()).rate, 1000);
    assert.deepEqual(problems, []);
    history.read = () => Promise.reject(new Error('closed'));
    assert.equal((await page()).rate, 1000);
    assert.match(String(problems[0]), /closed/);
  });

  it('say the same from a history as from memory', async () => {
    for (const seconds of [-1700, -1640, -1000, -60]) {
      const time = at(seconds).date;
      const told = [
        flow(900, {}, { time }),
        flow(100, {}, { time, interface: 'lan' }),
        flow(800 + seconds / 10, { protocol: 'tcp' }, { time }),
        flow(90, { protocol: 'tcp' }, { time, interface: 'lan' }),
        flow(50, { protocol: 'other' }, { time }),
        flow(70, { application: 'https' }, { time }),
        flow(60, { talker: `t${seconds}` }, { time }),
        flow(40, { source: 'a', destination: `b${seconds}` }, { time }),
        flow(30, { as: 'AS1' }, { time }),
        flow(20, { country: 'DE' }, { time }),
      ];
      state.take(told, at(seconds));
      history.keep(...told);
    }
    for (const more of [{}, { interface: 'lan' }, { address: 'a' }, { address: 't-60' }]) {
      const past = await page(more);
      assert.ok(history.asked.length > 0);
      assert.deepEqual(past, await page(more, pages(false)));
    }
    assert.equal((await page()).parts.length, 6);
  });

  it('ask a history once for what many browsers show', async () => {
    history.keep(flow(1000, {}, { time: start - minute }));
    const from = pages();
    await page({ period: '24h' }, from);
    const { length } = history.asked;
    await page({ period: '24h' }, from);
    assert.equal(history.asked.length, length);
    clock.advance(5 * minute);
    await page({ period: '24h' }, from);
    assert.ok(history.asked.length > length);
  });

  it('have nothing to say of what is not there, whatever its name', async () => {
    assert.deepEqual(await page(), {
      ...{ page: 'traffic', exporters: [], device: null, from: start - hour, to: start },
      ...{ rate: null, highest: null, volume: null, parts: [] },
    });
    history.keep(flow(1000, {}, { time: start - minute }));
    for (const name of ['x', '", device=~".*', '\\', 'x'.repeat(5000), '\0']) {
      const made = await page({ device: name, interface: name, address: name.slice(0, 500) });
      assert.deepEqual([made.rate, made.search?.isFound], [null, false], name);
    }
  });

  it('know of flows that only a history has', async () => {
    const from = pages();
    await from.refresh(start);
    assert.equal(from.isAny, false);
    history.keep(flow(1000, {}, { time: start - 20 * 24 * hour }));
    clock.advance(10 * minute);
    await from.refresh(start);
    assert.equal(from.isAny, true);
  });

  it('name the talkers of a port', async () => {
    const talkers = Array.from({ length: 8 }, (_, i) => flow(100 * i, { talker: `t${i}` }));
    state.take([flow(2800), ...talkers], at(-60));
    const of = (name: string) =>
      pages().talkers({
        ...{ page: 'port', period: '1h', compare: 'none' },
        ...{ device: 'gw', interface: name },
      });
    assert.deepEqual(
      (await of('wan'))?.map(({ name }) => name),
      ['t7', 't6', 't5', 't4', 't3'],
    );
    assert.equal(await of('lan'), undefined);
  });
});
