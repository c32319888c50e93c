import assert from 'node:assert/strict';
import { Networks, parseFlowAddress, parseNetwork } from '../../../nodes/shared/flows/address.ts';
import { Applications, applicationText } from '../../../nodes/shared/flows/applications.ts';
import {
  type CountedDirection,
  subjects,
  type TalkerKind,
} from '../../../nodes/shared/flows/choices.ts';
import { Exporter } from '../../../nodes/shared/flows/exporter.ts';
import { Flow } from '../../../nodes/shared/flows/flow.ts';
import { Names } from '../../../nodes/shared/flows/names.ts';
import { toName } from '../../../nodes/shared/flows/own-names.ts';
import { reportOf } from '../../../nodes/shared/flows/report.ts';
import { SubjectKeys } from '../../../nodes/shared/flows/subjects.ts';
import { TrafficCounter } from '../../../nodes/shared/flows/traffic-counter.ts';

const second = 1000;
const minute = 60 * second;

interface Counting {
  direction?: CountedDirection;
  talker?: TalkerKind;
  isShort?: boolean;
  names?: object[];
}

function make(counting: Counting = {}) {
  const { direction = 'ingress', talker = 'inside', isShort = false, names = [] } = counting;
  const applications = names.map((row, i) => toName(`names[${i}]`, row));
  const keys = new SubjectKeys({
    ...{ subjects: new Set(subjects), talker, isShort },
    inside: new Networks([parseNetwork('10.0.0.0/8')!, parseNetwork('fd00::/8')!]),
    applications: new Applications(applications.filter((one) => 'from' in one)),
  });
  const counter = new TrafficCounter({
    ...{ interval: minute, delay: minute, direction, keys, countPeers: true, origin: 0 },
  });
  const exporter = new Exporter('192.0.2.1');
  const add = (
    change: Partial<Record<keyof Flow, number | string>>,
    arrived: number,
    fixed?: number,
  ) => {
    const flow = new Flow();
    flow.source = parseFlowAddress('10.0.0.1')!;
    flow.destination = parseFlowAddress('192.0.2.9')!;
    Object.assign(flow, { octets: 6000, packets: 60, input: 1, output: 2, protocol: 6 }, change);
    Object.assign(flow, { sourcePort: 50_000, destinationPort: 443, ...change });
    for (const end of ['source', 'destination'] as const) {
      if (change[end] !== undefined) flow[end] = parseFlowAddress(String(change[end]))!;
    }
    counter.add(exporter, flow, arrived, fixed);
  };
  /** what each interval had at an interface, as [end, octets] */
  const totals = (now: number, index = 1) =>
    counter
      .close(now)
      .map(({ end, exporters }) => [
        end / minute,
        Math.round(exporters.get(exporter)?.interfaces.get(index)?.octets ?? 0),
      ]);
  const report = async (
    now: number,
    more: Partial<ConstructorParameters<typeof Names>[0]> = {},
  ) => {
    const [closed] = counter.close(now);
    const all = new Names({ privacy: 'full', own: new Map(), key: '00', now: () => 0, ...more });
    const options = { names: all, top: 2, time: 0, seconds: 60 };
    return reportOf(exporter, closed!.exporters.get(exporter)!, options);
  };
  return { add, totals, report, exporter, counter };
}

describe('Flows, counted by intervals', () => {
  it('count where they came in, an interval after its end', () => {
    const { add, totals } = make();
    add({}, 10 * second);
    assert.deepEqual(totals(119 * second), []);
    assert.deepEqual(totals(120 * second), [[1, 6000]]);
    assert.deepEqual(totals(600 * second), []);
  });

  it('are spread over the time that they lasted', () => {
    const { add, totals } = make();
    // From 0:45 to 2:15, told at 2:20.
    add({ firstAge: 95 * second, lastAge: 5 * second, octets: 9000 }, 140 * second);
    assert.deepEqual(totals(600 * second), [
      [1, 1500],
      [2, 6000],
      [3, 1500],
    ]);
  });

  it('have nothing once where those of an interface have ended, and its exporter sends on', () => {
    const { add, totals, exporter, counter } = make();
    const of = (now: number) =>
      counter.close(now).map((closed) => {
        const interfaces = closed.exporters.get(exporter)?.interfaces ?? new Map<number, never>();
        counter.release(closed);
        return [
          closed.end / minute,
          ...Array.from(interfaces, ([index, { octets }]) => `${index}: ${Math.round(octets)}`),
        ];
      });
    for (const arrived of [10, 70, 80]) add({}, arrived * second);
    add({ input: 3, octets: 50 }, 20 * second);
    exporter.heardAt = 130 * second;
    assert.deepEqual(of(180 * second), [
      [1, '1: 6000', '3: 50'],
      [2, '1: 12000', '3: 0'],
    ]);
    assert.deepEqual(of(239 * second), []);
    assert.deepEqual(of(240 * second), [[3, '1: 0']]);
    assert.deepEqual(of(900 * second), []);
    // What is silent may go on unseen.
    add({}, 901 * second);
    exporter.heardAt = 901 * second;
    assert.deepEqual(totals(1200 * second), [[16, 6000]]);
    assert.deepEqual(totals(1800 * second), []);
  });

  it('count as a whole where a part is told too late, and as late', () => {
    const { add, totals, exporter } = make();
    assert.deepEqual(totals(5 * minute), []);
    // From 1:00 to 5:00, where 4:00 is the oldest that is open.
    add({ firstAge: 4 * minute, lastAge: 0, octets: 4000 }, 5 * minute);
    // The sixth has no more than its destination.
    assert.deepEqual(totals(20 * minute), [
      [5, 4000],
      [6, 0],
    ]);
    assert.equal(exporter.tally.late, 1);
  });

  it('leave out what was before the beginning', () => {
    const { add, totals } = make();
    add({ firstAge: 40 * second, lastAge: 10 * second, octets: 3000 }, 20 * second);
    add({ firstAge: 40 * second, lastAge: 30 * second }, 20 * second);
    assert.deepEqual(totals(minute * 5), [[1, 1000]]);
  });

  it('count at their arrival where their times cannot be', () => {
    for (const [firstAge, lastAge] of [
      [1.7e12, 1.7e12],
      [-2e12, -2e12],
      [10, 20],
      [Number.NaN, Number.NaN],
      [3 * 3_600_000, 0],
      [-1, -60_000],
    ]) {
      const { add, totals } = make();
      add({ firstAge: firstAge!, lastAge: lastAge! }, 90 * second);
      assert.deepEqual(totals(600 * second), [[2, 6000]], `${firstAge} ${lastAge}`);
    }
  });

  it('are multiplied by what they were sampled by, or by what the user says', () => {
    const { add, totals } = make();
    add({ factor: 10 }, second);
    add({ factor: 10 }, second, 100);
    assert.deepEqual(totals(600 * second), [[1, 660_000]]);
  });

  it('count once where an exporter tells both ways', () => {
    const both = [{ direction: 0 }, { direction: 1 }, { direction: -1 }];
    const counts = (direction: CountedDirection, index: number) => {
      const { add, totals } = make({ direction });
      for (const one of both) add(one, second);
      return totals(600 * second, index)[0]![1];
    };
    assert.deepEqual([counts('ingress', 1), counts('egress', 2)], [12_000, 12_000]);
    assert.deepEqual([counts('both', 1), counts('both', 2)], [12_000, 6000]);
  });

  it('are told by each subject, the rest as other, and the sum is the total', async () => {
    const { add, report } = make({ names: [{ what: 'tcp/9000-9010', name: 'backup' }] });
    add({ destinationPort: 9005, octets: 5000 }, second);
    add({ source: '192.0.2.9', destination: '10.0.0.2', sourcePort: 443, octets: 3000 }, second);
    add({ source: '10.0.0.3', protocol: 17, destinationPort: 53, octets: 2000 }, second);
    add({ source: 'fd00::3', destination: '2001:db8::1', protocol: 50, octets: 1000 }, second);
    const { interfaces } = await report(600 * second);
    const lines = interfaces[0]!.rows.map(
      ({ labels, octets }) => `${Object.entries(labels).flat().join(' ')} ${octets}`,
    );
    assert.deepEqual(lines, [
      ...['protocol tcp 8000', 'protocol udp 2000', 'protocol other 1000'],
      ...['application backup 5000', 'application https 3000', 'application other 3000'],
      ...['talker 10.0.0.1 5000', 'talker 10.0.0.2 3000', 'talker other 3000'],
      'source 10.0.0.1 destination 192.0.2.9 5000',
      'source 192.0.2.9 destination 10.0.0.2 3000',
      'source other destination other 3000',
    ]);
  });

  it('have talkers as they are asked for', async () => {
    const talkers = async (talker: TalkerKind) => {
      const { add, report } = make({ talker });
      add({ source: '192.0.2.9', destination: '10.0.0.2' }, second);
      const { interfaces } = await report(600 * second);
      return interfaces[0]!.rows.flatMap(({ labels }) => labels.talker ?? []);
    };
    assert.deepEqual(await talkers('inside'), ['10.0.0.2']);
    assert.deepEqual(await talkers('outside'), ['192.0.2.9']);
    assert.deepEqual(await talkers('source'), ['192.0.2.9']);
    assert.deepEqual(await talkers('destination'), ['10.0.0.2']);
  });

  it('have the names of addresses; several of one name are one', async () => {
    const { add, report } = make();
    add({ octets: 1000 }, second);
    add({ source: '10.0.0.2', octets: 500 }, second);
    const own = new Map([
      [parseFlowAddress('10.0.0.1')!, 'nas'],
      [parseFlowAddress('10.0.0.2')!, 'nas'],
    ]);
    const { interfaces, peers } = await report(600 * second, { own });
    const rows = interfaces[0]!.rows.filter(({ labels }) => 'talker' in labels);
    assert.deepEqual(
      rows.map(({ labels, octets }) => [labels.talker, octets]),
      [['nas', 1500]],
    );
    assert.deepEqual(peers, [{ talker: 'nas', count: 1 }]);
  });

  it('hide addresses: shortened before they count, or as hashes', async () => {
    const short = make({ isShort: true });
    short.add({ octets: 1 }, second);
    short.add({ source: '10.0.0.200', octets: 2 }, second);
    const text = JSON.stringify(await short.report(600 * second, { privacy: 'short' }));
    assert.match(text, /"talker":"10\.0\.0\.0\/24"/);
    assert.doesNotMatch(text, /10\.0\.0\.1"|10\.0\.0\.200|192\.0\.2\.9/);
    const hashed = async (key: string) => {
      const { add, report } = make();
      add({}, second);
      return JSON.stringify((await report(600 * second, { privacy: 'hash', key })).interfaces);
    };
    const [one, same, other] = await Promise.all(['aa', 'aa', 'bb'].map(hashed));
    assert.match(one!, /"talker":"#[\da-f]{12}"/);
    assert.doesNotMatch(one!, /10\.0\.0\.1|192\.0\.2/);
    assert.equal(one, same);
    assert.notEqual(one, other);
  });

  it('ask a name server, and go on without one that is slow', async () => {
    const { add, report } = make();
    add({}, second);
    add({ source: '10.0.0.2', destination: '192.0.2.10', octets: 5000 }, second);
    const asked: string[] = [];
    const { interfaces } = await report(600 * second, {
      resolve: (address) => {
        asked.push(address);
        if (address === '10.0.0.1') return Promise.resolve(['nas.example.net']);
        // What is beyond the largest is called so.
        if (address === '192.0.2.9') return Promise.resolve(['other']);
        return address === '10.0.0.2'
          ? Promise.reject(new Error('no name'))
          : new Promise(() => {});
      },
    });
    const talkers = interfaces[0]!.rows.flatMap(({ labels }) => labels.talker ?? []);
    assert.deepEqual(talkers, ['nas.example.net', '10.0.0.2']);
    assert.deepEqual(asked.sort(), ['10.0.0.1', '10.0.0.2', '192.0.2.10', '192.0.2.9']);
    const ends = interfaces[0]!.rows.flatMap(({ labels }) => labels.destination ?? []);
    assert.deepEqual(ends, ['192.0.2.9', '192.0.2.10']);
  }).timeout(20_000);
});

describe('Applications', () => {
  const of = (own: object[], flow: Partial<Flow>) => {
    const names = own.map((row, i) => toName(`names[${i}]`, row));
    const applications = new Applications(names.filter((one) => 'from' in one));
    const whole = Object.assign(new Flow(), { source: 1, destination: 2, protocol: 6 }, flow);
    return applicationText(applications.keyOf(whole));
  };

  it('go by the lower known port of the two', () => {
    assert.equal(of([], { sourcePort: 443, destinationPort: 50_000 }), 'https');
    assert.equal(of([], { sourcePort: 22, destinationPort: 443 }), 'ssh');
    assert.equal(of([], { sourcePort: 1024, destinationPort: 8443 }), 'https-alt');
    assert.equal(of([], { sourcePort: 40_001, destinationPort: 40_000 }), 'tcp/40000');
    assert.equal(of([], { sourcePort: 53, destinationPort: 53, protocol: 17 }), 'dns');
    assert.equal(of([], { protocol: 1 }), 'icmp');
    assert.equal(of([], { protocol: 200 }), 'ip-200');
  });

  it('have names of the user’s own, in one network too', () => {
    const own = [
      { what: '443', name: 'web' },
      { what: 'udp/5000-5010', name: 'cameras' },
      { what: '8443@10.1.0.0/16', name: 'controller' },
    ];
    assert.equal(of(own, { destinationPort: 443 }), 'web');
    assert.equal(of(own, { destinationPort: 5005, protocol: 17 }), 'cameras');
    assert.equal(of(own, { destinationPort: 5005 }), 'tcp/5005');
    const inside = parseFlowAddress('10.1.2.3')!;
    assert.equal(of(own, { destinationPort: 8443, destination: inside }), 'controller');
    assert.equal(of(own, { destinationPort: 8443 }), 'https-alt');
  });

  it('are what the exporter recognized, but for names of your own', () => {
    const own = [{ what: '8443', name: 'controller' }];
    const told = { application: 'ms-teams', sourcePort: 50_000 };
    assert.equal(of(own, { ...told, destinationPort: 443 }), 'ms-teams');
    assert.equal(of(own, { ...told, destinationPort: 8443 }), 'controller');
    assert.equal(of(own, { application: 'ping', protocol: 1 }), 'ping');
  });

  it('refuse rows that say nothing', () => {
    for (const what of ['', 'x', '70000', '10-5', 'foo/80', '80@10.0.0.0/40', '10.0.0.300']) {
      assert.throws(() => toName('names[0]', { what, name: 'x' }), /names/);
    }
    assert.throws(() => toName('names[0]', { what: '80', name: 'other' }), /other/);
  });
});
