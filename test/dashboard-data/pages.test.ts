import assert from 'node:assert/strict';
import type { PortLine } from '../../nodes/contract/pages.ts';
import { isUplink, isVirtual } from '../../nodes/shared/match/port-kind.ts';
import { byName } from '../../nodes/shared/natural-order.ts';
import { alert, managed, reading, Seen, start } from './support.ts';

/** The readings of a port. */
function port(
  name: string,
  values: Record<string, number>,
  info?: Record<string, string>,
  device = 'sw',
) {
  return Object.entries(values).map(([metric, value]) =>
    reading(metric, value, { interface: name, device }, info),
  );
}

describe('ports', () => {
  const stateOf = (seen: Seen, seconds = 0) => {
    const { ports } = seen.page<'device'>(seconds, { page: 'device', device: 'sw' });
    return Object.fromEntries(ports.map(({ name, state }) => [name, state]));
  };

  it('have the state that their readings tell', () => {
    const seen = new Seen().take(
      0,
      reading('device_up', 1),
      ...port('a', { interface_admin_up: 1, interface_up: 1, utilization: 69.9 }),
      ...port('b', { interface_admin_up: 1, interface_up: 1, utilization: 70 }),
      ...port('c', { interface_admin_up: 1, interface_up: 0 }),
      ...port('d', { interface_admin_up: 0 }),
      ...port('e', { in_rate: 5 }),
    );
    assert.deepEqual(stateOf(seen), {
      ...{ a: 'up', b: 'busy', c: 'no-link', d: 'switched-off', e: 'unknown' },
    });
  });

  it('have lost a link only where they were seen with one, and since then', () => {
    const seen = new Seen();
    for (const [seconds, up] of [1, 1, 0, 0].entries()) {
      seen.take(seconds, reading('device_up', 1), ...port('a', { interface_up: up }));
    }
    assert.deepEqual(stateOf(seen, 3), { a: 'lost-link' });
    const { ports } = seen.page<'device'>(3, { page: 'device', device: 'sw' });
    assert.equal(ports[0]!.since, start + 2000);
  });

  it('are unknown with their device, without the rates of before', () => {
    const seen = new Seen();
    for (const seconds of [0, 5]) {
      seen.take(seconds, reading('device_up', 1), ...port('a', { interface_up: 1, in_rate: 5 }));
    }
    const [one] = seen.page<'device'>(60, { page: 'device', device: 'sw' }).ports;
    assert.deepEqual([one!.state, one!.inRate], ['unknown', null]);
  });

  it('come in the order of the device', () => {
    const names = ['Gi1/0/10', 'Gi1/0/2', 'Gi1/0/1', 'Te1/0/1', 'Gi2/0/1'];
    assert.deepEqual(names.toSorted(byName), [
      ...['Gi1/0/1', 'Gi1/0/2', 'Gi1/0/10', 'Gi2/0/1', 'Te1/0/1'],
    ]);
  });

  it('are virtual by their type or their name', () => {
    const virtual = [
      'lo',
      'Vlan10',
      'Null0',
      'Po1',
      'Port-channel12',
      'bond0',
      'br-lan',
      'docker0',
    ];
    virtual.push('veth12ab', 'wg0', 'Loopback0', 'eth0.100', 'GigabitEthernet0/0.20', 'Tunnel3');
    for (const name of virtual) assert.equal(isVirtual(name, undefined), true, name);
    const physical = ['eth0', 'Gi1/0/1', 'ether1', 'enp3s0', 'sfp-sfpplus1', 'ge-0/0/0', 'wlan0'];
    physical.push(
      'port1',
      'Ethernet1/1',
      'FastEthernet0',
      'WAN',
      'igb0',
      'TenGigabitEthernet1/1/1',
    );
    for (const name of physical) assert.equal(isVirtual(name, 'ethernet'), false, name);
    assert.equal(isVirtual('x', 'aggregate'), true);
  });

  it('are uplinks where their operator says so', () => {
    assert.equal(isUplink('Uplink to core'), true);
    assert.equal(isUplink('WAN'), true);
    assert.equal(isUplink('swan pond'), false);
    assert.equal(isUplink(undefined), false);
  });
});

describe('the overview', () => {
  const rates = (inRate: number, outRate: number) => ({
    ...{ interface_up: 1, in_rate: inRate, out_rate: outRate },
  });

  it('counts devices, checks and firing alerts by their states', () => {
    const seen = new Seen().take(
      0,
      reading('device_up', 1),
      reading('uptime', 1),
      reading('device_up', 0, { device: 'web' }),
      reading('latency', 1, { device: 'web' }),
      reading('cpu_usage', 1, { device: 'host' }),
    );
    seen.state.alerts.take(alert());
    const { counts, devices, grid } = seen.page<'overview'>(0, { page: 'overview' });
    const none = { down: 0, degraded: 0, unknown: 0, maintenance: 0, up: 0 };
    assert.deepEqual(counts, {
      devices: { ...none, degraded: 1, up: 1 },
      checks: { ...none, down: 1 },
      alerts: { info: 0, warning: 1, critical: 0 },
      ...{ acknowledged: 0, withheld: 0 },
    });
    assert.deepEqual(devices, [
      { name: 'web', title: 'web', state: 'down' },
      { name: 'sw', title: 'sw', state: 'degraded' },
      { name: 'host', title: 'host', state: 'up' },
    ]);
    assert.deepEqual(
      grid.map(({ name, kind }) => [name, kind]),
      [
        ['web', 'check'],
        ['sw', 'device'],
        ['host', 'host'],
      ],
    );
  });

  it('has firing alerts and devices that are down, the worst first, each once', () => {
    const seen = new Seen().take(0, reading('device_up', 1));
    seen.take(10, reading('device_up', 0, { device: 'a' }, { error: 'no answer' }));
    seen.take(20, reading('device_up', 0, { device: 'b' }));
    seen.state.alerts.take(alert());
    const b = { fingerprint: 'b', metric: 'device_up', labels: { device: 'b' } };
    seen.state.alerts.take(alert({ ...b, severity: 'critical', summary: 'b is down' }));
    const { attention, attentionLeft } = seen.page<'overview'>(20, { page: 'overview' });
    assert.deepEqual(
      attention.map(({ summary, severity }) => [summary, severity]),
      [
        ['a does not answer: no answer', 'critical'],
        ['b is down', 'critical'],
        ['sw is busy', 'warning'],
      ],
    );
    assert.equal(attention[0]!.startsAt, start + 10_000);
    assert.equal(attentionLeft, 0);
  });

  it('tells apart what somebody has seen and what nobody is told of', () => {
    const seen = new Seen();
    const acknowledged = { by: 'Ana', comment: '', at: start };
    const all: [string, Parameters<typeof managed>[1]][] = [
      ['seen', { acknowledged }],
      ['open', {}],
      ['silenced', { silencedBy: ['s'], silencedUntil: start }],
      ['silenced and seen', { acknowledged, silencedBy: ['s'] }],
      ['inhibited', { inhibitedBy: ['open'] }],
      ['maintained', { maintainedBy: ['Sundays'] }],
      ['unreachable', { unreachableBy: ['core'] }],
    ];
    for (const [fingerprint, changes] of all) {
      seen.state.alerts.take(managed(fingerprint, changes));
    }
    const { counts, attention } = seen.page<'overview'>(0, { page: 'overview' });
    assert.deepEqual(counts.alerts, { info: 0, warning: 1, critical: 0 });
    assert.deepEqual([counts.acknowledged, counts.withheld], [1, 5]);
    assert.deepEqual(
      attention.map(({ fingerprint }) => fingerprint),
      ['open', 'seen'],
    );
  });

  it('has at most 20 to look at, and tells how many more there are', () => {
    const seen = new Seen();
    for (let i = 0; i < 23; i++) seen.state.alerts.take(alert({ fingerprint: String(i) }));
    const { attention, attentionLeft } = seen.page<'overview'>(0, { page: 'overview' });
    assert.deepEqual([attention.length, attentionLeft], [20, 3]);
  });

  it('has the busiest ports by their share, then by what they carry; none that is virtual', () => {
    const seen = new Seen().take(
      0,
      reading('device_up', 1),
      ...port('Gi1', { ...rates(5e6, 1e6), utilization: 0.5 }),
      ...port('Gi2', { ...rates(1e6, 1e6), utilization: 10 }),
      ...port('Gi3', rates(9e6, 1e6)),
      ...port('Gi4', rates(0, 0)),
      ...port('Vlan1', { ...rates(9e9, 9e9), utilization: 99 }),
    );
    const { busiest, traffic, uplink } = seen.page<'overview'>(0, { page: 'overview' });
    assert.deepEqual(
      busiest.map(({ name }: PortLine) => name),
      ['Gi2', 'Gi1', 'Gi3'],
    );
    assert.equal(traffic?.isMirrored, true);
    assert.deepEqual(
      traffic.lines.map(({ name, key, role, last }) => [name, key, role, last]),
      [
        ['Gi3', 'sw Gi3', 'in', 9e6],
        ['Gi3', 'sw Gi3', 'out', 1e6],
        ['Gi1', 'sw Gi1', 'in', 5e6],
        ['Gi1', 'sw Gi1', 'out', 1e6],
        ['Gi2', 'sw Gi2', 'in', 1e6],
        ['Gi2', 'sw Gi2', 'out', 1e6],
      ],
    );
    assert.deepEqual(uplink, { title: 'Gi3', inRate: 9e6, outRate: 1e6, utilization: null });
  });

  it('sums up the ports that are named as uplinks', () => {
    const seen = new Seen().take(
      0,
      ...port('Te1', { ...rates(5, 1), utilization: 50 }, { alias: 'uplink A' }),
      ...port('Te2', { ...rates(7, 2), utilization: 70 }, { alias: 'uplink B' }),
      ...port('Gi1', rates(900, 900)),
    );
    const { uplink } = seen.page<'overview'>(0, { page: 'overview' });
    assert.deepEqual(uplink, { title: 'Uplinks', inRate: 12, outRate: 3, utilization: 70 });
  });

  it('is empty before readings come', () => {
    const page = new Seen().page<'overview'>(0, { page: 'overview' });
    assert.deepEqual(
      [page.lastReading, page.uplink, page.traffic, page.busiest, page.lines],
      [null, null, null, [], []],
    );
    assert.equal('interval' in page, false);
  });
});

describe('the page of a device', () => {
  it('has what it is, its gauges with their alerts, and its charts with their limits', () => {
    const seen = new Seen();
    const info = { description: 'Linux sw 6.1.0 x', location: 'rack 2' };
    for (const seconds of [0, 15]) {
      seen.take(
        seconds,
        reading('device_up', 1, {}, { hostname: 'core-1', protocol: 'SNMP v2c' }),
        reading('uptime', 86_400 + seconds, {}, info),
        reading('cpu_usage', 90 + seconds / 15),
        reading('disk_usage', 50, { disk: '/data' }),
        reading('poll_duration', 30, {}, { hostname: 'core-1' }),
      );
    }
    seen.state.alerts.take(alert({ startsAt: start + 15_000 }));
    const page = seen.page<'device'>(20, { page: 'device', device: 'sw' });
    assert.deepEqual(page.facts, {
      ...{ model: 'Linux 6.1.0', location: 'rack 2', address: 'sw' },
      protocol: 'SNMP v2c',
      ...{ uptime: 86_415, lastPoll: start + 15_000 },
    });
    const { line } = page;
    assert.deepEqual(
      [line.title, line.state, line.reason, line.responseTime, line.detail],
      ['core-1', 'degraded', 'sw is busy', 30, 'Linux 6.1.0'],
    );
    assert.deepEqual(
      page.gauges.map(({ metric, title, value, severity }) => [metric, title, value, severity]),
      [
        ['cpu_usage', undefined, 91, 'warning'],
        ['disk_usage', '/data', 50, 'ok'],
      ],
    );
    assert.deepEqual(
      page.charts.map(({ title }) => title),
      ['Processor and memory', 'Response time'],
    );
    const [chart] = page.charts;
    assert.deepEqual(chart!.limits, [{ value: 80, severity: 'warning', rule: 'CPU busy' }]);
    assert.deepEqual(chart!.marks, [{ time: start + 15_000, text: 'CPU busy' }]);
    const [cpu] = chart!.lines;
    assert.deepEqual(
      [cpu!.times, cpu!.values, cpu!.last, cpu!.mean, cpu!.highest],
      [[start + 7500, start + 20_000], [90, 91], 91, 90.5, 91],
    );
    assert.equal(page.alerts.length, 1);
    assert.equal(page.alerts[0]!.sparkline?.values.at(-1), 90.5);
  });

  it('marks a restart when it was', () => {
    const seen = new Seen().take(0, reading('uptime', 5000)).take(60, reading('uptime', 20));
    seen.take(60, reading('cpu_usage', 5));
    const { charts } = seen.page<'device'>(60, { page: 'device', device: 'sw' });
    assert.deepEqual(charts[0]!.marks, [{ time: start + 40_000, text: 'Restart' }]);
  });

  it('marks when the configuration of a device changed, also at its ports', () => {
    const seen = new Seen().take(0, reading('cpu_usage', 5));
    seen.take(60, reading('cpu_usage', 5), reading('in_rate', 8, { interface: 'Gi1' }));
    seen.configuration = { device: 'sw', changes: [start - 3_600_000, start + 20_000] };
    const marks = [{ time: start + 20_000, text: 'Configuration' }];
    const { charts, hasConfiguration } = seen.page<'device'>(60, {
      ...{ page: 'device', device: 'sw' },
    });
    assert.equal(hasConfiguration, true);
    assert.deepEqual(
      charts.map((chart) => chart.marks),
      [marks, marks],
    );
    const port_ = { page: 'port', device: 'sw', interface: 'Gi1' } as const;
    assert.deepEqual(seen.page<'port'>(60, port_).charts[0]!.marks, marks);
    seen.configuration = { device: 'other', changes: [start + 20_000] };
    assert.deepEqual(seen.page<'port'>(60, port_).charts[0]!.marks, []);
  });

  it('marks what stood out in the chart of its series, and of its port', () => {
    const seen = new Seen().take(0, reading('cpu_usage', 5), reading('temperature', 40));
    for (const name of ['Gi1', 'Gi2']) seen.take(60, reading('in_rate', 8, { interface: name }));
    seen.suspects = [
      { time: start + 20_000, metric: 'cpu_usage', labels: { device: 'sw' } },
      { time: start + 30_000, metric: 'in_rate', labels: { device: 'sw', interface: 'Gi1' } },
      { time: start - 3_600_000, metric: 'temperature', labels: { device: 'sw' } },
    ];
    const { charts } = seen.page<'device'>(60, { page: 'device', device: 'sw' });
    const marks = new Map(charts.map((chart) => [chart.title, chart.marks]));
    assert.deepEqual(marks.get('Processor and memory'), [
      { time: start + 20_000, text: 'Stands out' },
    ]);
    assert.deepEqual(marks.get('Temperature'), []);
    const port_ = (name: string) => ({ page: 'port', device: 'sw', interface: name }) as const;
    assert.deepEqual(seen.page<'port'>(60, port_('Gi1')).charts[0]!.marks, [
      { time: start + 30_000, text: 'Stands out' },
    ]);
    assert.deepEqual(seen.page<'port'>(60, port_('Gi2')).charts[0]!.marks, []);
  });

  it('interrupts a line where it was silent, and not between slow polls', () => {
    const seen = new Seen();
    for (const seconds of [0, 60, 120, 600]) seen.take(seconds, reading('cpu_usage', 5));
    const { charts } = seen.page<'device'>(600, { page: 'device', device: 'sw' });
    assert.deepEqual(charts[0]!.lines[0]!.values, [5, 5, 5, null, 5]);
  });

  it('is not there for a device or a port that nobody knows', () => {
    const seen = new Seen().take(0, reading('device_up', 1));
    const device = '<script>alert(1)</script>';
    const none = seen.page<'none'>(0, { page: 'device', device });
    assert.deepEqual([none.page, none.asked], ['none', device]);
    const port_ = { page: 'port', device: 'sw', interface: 'Gi9' } as const;
    assert.equal(seen.page<'none'>(0, port_).asked, 'sw Gi9');
    const long = seen.page<'none'>(0, { page: 'device', device: 'x'.repeat(10_000) });
    assert.equal(long.asked.length, 201);
  });
});

describe('the page of a port', () => {
  it('has in and out with their 95th percentiles, and what else is known', () => {
    const seen = new Seen();
    for (let i = 1; i <= 20; i++) {
      const values = { in_rate: i, out_rate: 5, error_rate: 0.5, in_packets: 3 };
      seen.take(15 * i, ...port('Gi1', { interface_up: 1, ...values }));
    }
    const asked = { page: 'port', device: 'sw', interface: 'Gi1' } as const;
    const { charts, port: line } = seen.page<'port'>(300, asked);
    assert.deepEqual(
      charts.map(({ title, isMirrored, lines }) => [
        title,
        isMirrored,
        lines.map(({ percentile95 }) => percentile95),
      ]),
      [
        ['Traffic', true, [19, 5]],
        ['Errors and discards', false, [undefined]],
        ['Packets', true, [undefined]],
      ],
    );
    assert.deepEqual([line.inRate, line.errorRate, line.utilization], [20, 0.5, null]);
  });
});

describe('a chart of a port', () => {
  const asked = { page: 'port', device: 'sw', interface: 'Gi1' } as const;
  const of = (metric: string) => ({ metric, labels: { device: 'sw', interface: 'Gi1' } });

  it('has errors, and what they may be, in %', () => {
    const seen = new Seen();
    for (const seconds of [0, 60]) seen.take(seconds, ...port('Gi1', { error_rate: 0.0213 }));
    seen.state.alerts.take(
      alert({ ...of('error_rate'), unit: '1', value: 0.0213, threshold: 0.01 }),
    );
    const { charts, alerts } = seen.page<'port'>(60, asked);
    const [{ unit, lines, limits }] = charts as [(typeof charts)[number]];
    const { values, last, mean, highest } = lines[0]!;
    assert.deepEqual([unit, values, last, mean, highest], ['%', [2.13, 2.13], 2.13, 2.13, 2.13]);
    assert.deepEqual(
      limits.map(({ value }) => value),
      [1],
    );
    const { value, threshold } = alerts[0]!;
    assert.deepEqual([value, threshold, alerts[0]!.unit], [2.13, 1, '%']);
  });

  it('has limits on the side of their direction', () => {
    const seen = new Seen().take(0, ...port('Gi1', { in_rate: 5, out_rate: 6 }));
    for (const direction of ['in', 'out']) {
      const limited = { ...of(`${direction}_rate`), threshold: 4, fingerprint: direction };
      seen.state.alerts.take(alert(limited));
    }
    const { charts } = seen.page<'port'>(0, asked);
    assert.deepEqual(charts[0]!.limits.map(({ value, role }) => [value, role]).sort(), [
      [4, 'in'],
      [4, 'out'],
    ]);
  });
});

describe('the lists', () => {
  it('have checks apart from devices, with what is checked', () => {
    const seen = new Seen().take(
      0,
      reading('device_up', 1),
      ...port('Gi1', { interface_up: 1 }),
      ...port('Gi2', { interface_up: 0 }),
      ...port('Vlan1', { interface_up: 1 }),
      reading('device_up', 1, { device: 'web' }),
      reading('certificate_days_left', 61.7, { device: 'web' }),
      reading('device_up', 0, { device: 'mail' }, { check: 'TLS SMTP', error: 'x' }),
      reading('device_up', 1, { device: 'ns' }, { check: 'TLS' }),
      reading('certificate_days_left', 3, { device: 'ns' }),
    );
    const { lines } = seen.page<'devices'>(0, { page: 'devices' });
    assert.deepEqual(
      lines.map(({ name, portsUp, ports, cpu }) => [name, portsUp, ports, cpu]),
      [['sw', 1, 2, null]],
    );
    const checks = seen.page<'checks'>(0, { page: 'checks' });
    assert.deepEqual(
      checks.lines.map(({ name, detail }) => [name, detail]),
      [
        ['mail', 'TLS SMTP'],
        ['ns', 'TLS · Certificate: 3 days'],
        ['web', 'Certificate: 61 days'],
      ],
    );
  });

  it('have bars of what came since the start', () => {
    const seen = new Seen();
    for (const [i, up] of [1, 1, 0, 1].entries()) seen.take(i, reading('device_up', up));
    const [line] = seen.page<'devices'>(4, { page: 'devices' }).lines;
    const { slices, day, month } = line!.availability!;
    assert.deepEqual([slices.length, day, month], [48, 75, null]);
    assert.deepEqual(slices.at(-1), {
      ...{ start, end: start + 4000, state: 'down', percent: 75 },
    });
    assert.equal(slices.at(-2)!.state, 'unknown');
  });
});

describe('a host', () => {
  it('was up whenever it told of itself', () => {
    const seen = new Seen().take(0, reading('cpu_usage', 1)).take(5, reading('cpu_usage', 1));
    const [line] = seen.page<'devices'>(5, { page: 'devices' }).lines;
    assert.deepEqual(
      [line!.kind, line!.availability!.day, line!.availability!.slices.at(-1)!.state],
      ['host', 100, 'up'],
    );
  });
});

describe('the status page', () => {
  it('has titles and states, but no address and nothing that may hold one', () => {
    const seen = new Seen().take(
      0,
      reading('device_up', 0, { device: '10.0.0.1' }, { error: 'refused by 10.0.0.1:80' }),
      reading('poll_duration', 1, { device: '10.0.0.2' }, { hostname: 'core-2' }),
      reading('device_up', 1, { device: '10.0.0.2' }, { check: 'DNS A 10.0.0.3' }),
      reading('device_up', 1, { device: '[fe80::1]:161' }),
      reading('uptime', 1, { device: '10.0.0.2' }, { description: 'at 10.0.0.2' }),
    );
    const page = seen.page<'status'>(0, { page: 'status' });
    assert.doesNotMatch(JSON.stringify(page), /10\.0|fe80/);
    assert.deepEqual(
      page.lines.map(({ title, state }) => [title, state]),
      [
        ['Device 1', 'down'],
        ['Device 2', 'up'],
        ['core-2', 'up'],
      ],
    );
    assert.equal(page.title, 'Status');
  });

  it('shows chosen devices only', () => {
    const seen = new Seen().take(
      0,
      reading('device_up', 1),
      reading('cpu_usage', 1, { device: 'b' }),
    );
    seen.shows = (name) => name === 'b';
    const page = seen.page<'status'>(0, { page: 'status' });
    assert.deepEqual(
      [page.lines.map(({ name }) => name), page.devices.map(({ name }) => name)],
      [['b'], ['b']],
    );
  });
});
