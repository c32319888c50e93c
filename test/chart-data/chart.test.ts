import assert from 'node:assert/strict';
import { Chart } from '../../nodes/chart-data/chart.ts';
import { otherColor } from '../../nodes/chart-data/colors.ts';
import { type ChartDataSettings, checkSettings } from '../../nodes/chart-data/config.ts';
import { palette } from '../../nodes/shared/palette.ts';
import { noon, reading, shown, words } from './support.ts';

const minute = 60_000;
const eth = (name: string) => ({ device: 'core-1', interface: name });
const rates = [
  reading('in_rate', eth('eth0'), 12_300_000),
  reading('out_rate', eth('eth0'), 4_000_000),
  reading('in_rate', eth('eth10'), 500_000),
  reading('in_rate', eth('eth2'), 2_000_000),
];
const v1: Partial<ChartDataSettings> = { dashboard: 'dashboard-1', metrics: 'in_rate' };
const v2: Partial<ChartDataSettings> = { dashboard: 'dashboard-2', metrics: 'in_rate' };
const axis = (count: number) => ({
  chartOptions: {
    color: palette.slice(0, count),
    tooltip: {
      order: 'valueDesc',
      axisPointer: { label: { formatter: '{value}  Mbit/s' } },
    },
    legend: { type: 'scroll', top: 'auto', bottom: 0 },
    grid: { top: 30, bottom: 52 },
    yAxis: { name: 'Mbit/s' },
  },
});
const solid = { lineStyle: { type: 'solid' } };
const control = (count: number) => {
  const colors = palette.slice(0, count);
  return { colors, options: { colors } };
};

describe('Chart for node-red-dashboard', () => {
  it('line', () => {
    assert.deepEqual(shown({ ...v1, kind: 'line' }, rates), {
      payload: [
        {
          series: ['eth0', 'eth2', 'eth10'],
          data: [[{ x: noon, y: 12.3 }], [{ x: noon, y: 2 }], [{ x: noon, y: 0.5 }]],
          labels: [''],
        },
      ],
      unit: 'Mbit/s',
      period: '30m',
      ui_control: control(3),
    });
  });

  it('bar, with null where a metric is missing', () => {
    assert.deepEqual(shown({ ...v1, kind: 'bar', metrics: 'in_rate, out_rate' }, rates), {
      payload: [
        {
          series: ['in', 'out'],
          data: [
            [12.3, 2, 0.5],
            [4, null, null],
          ],
          labels: ['eth0', 'eth2', 'eth10'],
        },
      ],
      unit: 'Mbit/s',
      ui_control: control(2),
    });
  });

  it('pie', () => {
    assert.deepEqual(shown({ ...v1, kind: 'pie' }, rates), {
      payload: [{ series: [''], data: [[12.3, 2, 0.5]], labels: ['eth0', 'eth2', 'eth10'] }],
      unit: 'Mbit/s',
      ui_control: control(3),
    });
  });

  it('gauge', () => {
    assert.deepEqual(shown({ ...v1, kind: 'gauge', combine: 'sum' }, rates), {
      payload: 14.8,
      unit: 'Mbit/s',
    });
  });
});

describe('Chart for Dashboard 2', () => {
  it('line, as a flat list that replaces', () => {
    assert.deepEqual(shown({ ...v2, kind: 'line' }, rates), {
      payload: [
        { series: 'eth0', x: noon, y: 12.3 },
        { series: 'eth2', x: noon, y: 2 },
        { series: 'eth10', x: noon, y: 0.5 },
      ],
      unit: 'Mbit/s',
      action: 'replace',
      period: '30m',
      ui_update: {
        chartOptions: {
          ...axis(3).chartOptions,
          series: [solid, solid, solid],
        },
      },
    });
  });

  it('bar', () => {
    assert.deepEqual(shown({ ...v2, kind: 'bar', metrics: '*_rate', limit: 2 }, rates), {
      payload: [
        { series: 'in', x: 'eth0', y: 12.3 },
        { series: 'in', x: 'eth2', y: 2 },
        { series: 'out', x: 'eth0', y: 4 },
        { series: 'out', x: 'eth2', y: null },
      ],
      unit: 'Mbit/s',
      action: 'replace',
      ui_update: axis(2),
    });
  });

  describe('of flows', () => {
    const flow = (value: number, subject: Record<string, string>) =>
      reading('flow_rate', { device: 'gw', interface: 'wan', ...subject }, value);
    const flows = [
      flow(60e6, {}),
      flow(30e6, { application: 'other' }),
      flow(20e6, { application: 'https' }),
      flow(9e6, { application: 'dns' }),
      flow(1e6, { application: 'ssh' }),
      flow(45e6, { talker: '10.0.0.7' }),
    ];
    const settings = {
      ...v2,
      metrics: 'flow_rate',
      filter: 'application!=""',
      order: 'value',
    } as const;

    it('pie: what the collector has put together is with the others, in grey', () => {
      const pie = shown({ ...settings, kind: 'pie', limit: 3 }, flows);
      assert.deepEqual(pie.payload, [
        { series: '', x: 'https', y: 20 },
        { series: '', x: 'dns', y: 9 },
        { series: '', x: 'others', y: 31 },
      ]);
      const { color } = (pie.ui_update as { chartOptions: { color: string[] } }).chartOptions;
      assert.equal(color[2], otherColor);
      const all = shown({ ...settings, kind: 'pie' }, flows).payload as { x: string; y: number }[];
      assert.deepEqual(
        all.map(({ x, y }) => [x, y]),
        [
          ['https', 20],
          ['dns', 9],
          ['ssh', 1],
          ['others', 30],
        ],
      );
    });

    it('bars by application, and lines that can be stacked', () => {
      const bars = shown({ ...settings, kind: 'bar', filter: 'talker!=""' }, flows);
      assert.deepEqual(bars.payload, [{ series: 'traffic by flows', x: '10.0.0.7', y: 45 }]);
      const lines = shown({ ...settings, kind: 'line' }, flows).payload as object[];
      assert.deepEqual(lines[0], { series: 'other', x: noon, y: 30 });
    });

    it('lines have the same times, so that they can be stacked, and means', () => {
      const chart = new Chart(
        checkSettings({
          ...settings,
          kind: 'line',
          filter: 'protocol!=""',
          window: 4,
          points: 10,
        }),
        words,
      );
      // A bucket is 80 s; udp is not always among the largest, and what is left stays the same.
      const given = [
        [0, 40e6, 10e6],
        [30, 20e6, 10e6],
        [100, 30e6, undefined],
        [170, 50e6, 30e6],
      ] as const;
      const begin = Math.floor(noon / 80_000) * 80_000;
      for (const [seconds, tcp, udp] of given) {
        const time = begin + 1000 * seconds;
        const of = (protocol: string, value: number) => ({ ...flow(value, { protocol }), time });
        chart.take(
          [of('tcp', tcp), ...(udp === undefined ? [] : [of('udp', udp)]), of('other', 5e6)],
          time,
        );
      }
      const { payload } = chart.show(begin + 170_000).message;
      const points = (payload as { series: string; x: number; y: number }[]).map(
        ({ series: name, x, y }) => [name, (x - begin) / 1000, y],
      );
      const times = [30, 100, 170];
      const line = (name: string, ...values: number[]) => values.map((y, i) => [name, times[i], y]);
      assert.deepEqual(points, [
        ...line('tcp', 30, 30, 50),
        ...line('udp', 10, 0, 30),
        ...line('other', 5, 5, 5),
      ]);
    });
  });

  it('pie, the largest first, the others in one slice', () => {
    const settings = { ...v2, kind: 'pie', limit: 2, order: 'value' } as const;
    assert.deepEqual(shown(settings, rates), {
      payload: [
        { series: '', x: 'eth0', y: 12.3 },
        { series: '', x: 'others', y: 2.5 },
      ],
      unit: 'Mbit/s',
      action: 'replace',
      ui_update: {
        chartOptions: {
          color: [palette[0], otherColor],
          tooltip: { formatter: '{b}: {c} Mbit/s ({d} %)' },
          legend: { type: 'scroll', top: 0 },
        },
      },
    });
  });

  it('gauge', () => {
    assert.deepEqual(shown({ ...v2, kind: 'gauge' }, rates), {
      payload: 12.3,
      unit: 'Mbit/s',
      ui_update: { units: 'Mbit/s' },
    });
  });

  it('tells a widget its unit only when it changes', () => {
    const chart = new Chart(checkSettings({ ...v2, kind: 'gauge' }), words);
    const told = [3e6, 4e6, 5e3].map((value, i) => {
      chart.take([reading('in_rate', eth('eth0'), value, noon + i)], noon + i);
      return chart.show(noon + i).message.ui_update;
    });
    assert.deepEqual(told, [{ units: 'Mbit/s' }, undefined, { units: 'kbit/s' }]);
  });
});

describe('Chart for either dashboard', () => {
  const text = (settings: Partial<ChartDataSettings>, readings = rates) =>
    shown({ metrics: 'in_rate', ...settings, kind: 'text' }, readings).payload;

  it('text, with its unit', () => {
    assert.equal(text({}), '12.3 Mbit/s');
    assert.equal(text({ combine: 'min' }), '500 kbit/s');
    assert.equal(text({ combine: 'sum', unit: 'kbit/s' }), '14800 kbit/s');
    const uptime = [reading('uptime', { device: 'a' }, 2 * 86_400 + 4 * 3600)];
    assert.equal(text({ metrics: 'uptime' }, uptime), '2 d 4 h');
  });

  it('text of a state, and of how many are up', () => {
    const devices = ['a', 'b', 'c'].map((device, i) => reading('device_up', { device }, i && 1));
    assert.equal(text({ metrics: 'device_up', combine: 'min' }, devices), 'down');
    assert.equal(text({ metrics: 'device_up', combine: 'max' }, devices), 'up');
    assert.equal(text({ metrics: 'device_up', combine: 'sum' }, devices), '2');
    assert.equal(text({ metrics: 'device_up', combine: 'sum' }, devices.slice(0, 2)), '1');
  });

  it('text and gauge once all series are silent', () => {
    for (const [kind, empty] of [
      ['text', '–'],
      ['gauge', null],
    ] as const) {
      const chart = new Chart(checkSettings({ ...v1, kind, staleAfter: 60 }), words);
      chart.take(rates, noon);
      assert.equal(chart.nextChange(), noon + minute);
      assert.notEqual(chart.show(noon + minute - 1).message.payload, empty);
      assert.equal(chart.show(noon + minute).message.payload, empty);
      assert.equal(chart.nextChange(), undefined);
    }
  });

  it('text escaped, because a widget renders it as HTML', () => {
    const odd = [{ ...reading('queue', { device: 'a' }, 3), unit: '<img src=x>' }];
    assert.equal(text({ metrics: 'queue' }, odd), '3 &lt;img src=x&gt;');
  });

  it('table of one row for the metrics of the same labels', () => {
    const described = { ...rates[0]!, info: { alias: '<b>Uplink</b>' } };
    const state = reading('interface_up', eth('eth2'), 0);
    const settings = { kind: 'table', metrics: 'in_rate, out_rate, interface_up' } as const;
    assert.deepEqual(shown(settings, [described, ...rates.slice(1), state]).payload, [
      {
        alias: '<b>Uplink</b>',
        device: 'core-1',
        interface: 'eth0',
        in_rate: '12.3 Mbit/s',
        out_rate: '4 Mbit/s',
      },
      { device: 'core-1', interface: 'eth2', in_rate: '2 Mbit/s', interface_up: 'down' },
      { device: 'core-1', interface: 'eth10', in_rate: '500 kbit/s' },
    ]);
  });

  it('table of one row a series, the largest first', () => {
    const settings = { kind: 'table', rows: 'series', order: 'value', limit: 2 } as const;
    assert.deepEqual(shown(settings, rates).payload, [
      { device: 'core-1', interface: 'eth0', metric: 'in', value: '12.3 Mbit/s' },
      { device: 'core-1', interface: 'eth0', metric: 'out', value: '4 Mbit/s' },
    ]);
  });

  it('table with the numbers to sort by beside the texts', () => {
    const table = { kind: 'table', metrics: 'in_rate, interface_up', order: 'value' } as const;
    const idle = reading('interface_up', eth('eth3'), 1);
    assert.deepEqual(shown(table, [idle, ...rates]).numbers, [
      { in_rate: 12_300_000 },
      { in_rate: 2_000_000 },
      { in_rate: 500_000 },
      { interface_up: 1 },
    ]);
    const rows = { kind: 'table', rows: 'series', order: 'value', limit: 2 } as const;
    assert.deepEqual(shown(rows, rates).numbers, [{ value: 12_300_000 }, { value: 4_000_000 }]);
  });

  it('shows what came last, whatever the clock of its source says', () => {
    for (const combine of ['max', 'latest'] as const) {
      const chart = new Chart(checkSettings({ ...v1, kind: 'gauge', combine }), words);
      const take = (name: string, value: number, time: number, now: number) =>
        chart.take([reading('in_rate', eth(name), value, time)], now);
      take('eth1', 1e6, noon + minute, noon);
      take('eth0', 9e6, noon, noon + 1);
      take('eth0', 2e6, noon - 8 * minute, noon + 2);
      assert.equal(chart.show(noon + 2).message.payload, 2, combine);
    }
  });

  it('takes only the metrics and labels that it is about', () => {
    const chart = new Chart(checkSettings({ metrics: 'in_*', filter: 'interface=eth1*' }), words);
    assert.equal(chart.take(rates, noon), 1);
    assert.equal(chart.show(noon).series, 1);
  });

  it('clears the dashboard where nothing is left', () => {
    for (const dashboard of ['dashboard-1', 'dashboard-2'] as const) {
      for (const kind of ['line', 'bar', 'pie', 'table'] as const) {
        assert.deepEqual(shown({ kind, dashboard }, []).payload, [], kind);
      }
    }
  });

  it('gives no slice to what is 0 or less', () => {
    const idle = [reading('in_rate', eth('eth0'), 0), reading('in_rate', eth('eth1'), -1)];
    assert.deepEqual(shown({ ...v2, kind: 'pie' }, idle).payload, []);
    const { payload } = shown({ ...v1, kind: 'pie' }, [...idle, rates[3]!]);
    assert.deepEqual(payload, [{ series: [''], data: [[2]], labels: ['eth2'] }]);
  });

  it('takes nothing below 0 from the slice of the others', () => {
    const odd = [...rates, reading('in_rate', eth('eth1'), -1e6)];
    const { payload } = shown({ ...v1, kind: 'pie', limit: 2, order: 'value' }, odd);
    assert.deepEqual((payload as { data: unknown }[])[0]!.data, [[12.3, 2.5]]);
  });

  it('looks at 2000 series and no more', () => {
    const chart = new Chart(checkSettings(v1), words);
    const many = Array.from({ length: 2001 }, (_, i) => reading('in_rate', eth(`eth${i}`), i));
    chart.take(many, noon);
    assert.equal(chart.show(noon).series, 2000);
  });

  it('shows values of several units as they are', () => {
    const mixed = [...rates.slice(0, 1), reading('cpu_usage', { device: 'core-1' }, 7)];
    const { payload, unit } = shown({ ...v1, kind: 'line', metrics: '*' }, mixed);
    assert.equal(unit, '');
    assert.deepEqual((payload as { data: unknown }[])[0]!.data, [
      [{ x: noon, y: 7 }],
      [{ x: noon, y: 12_300_000 }],
    ]);
  });
});

describe('A line chart over time', () => {
  const points = (chart: Chart, now: number) => {
    const { payload } = chart.show(now).message;
    return payload as { series: string; x: number; y: number | null }[];
  };
  const chartOf = (settings: Partial<ChartDataSettings>) =>
    new Chart(checkSettings({ ...v2, kind: 'line', window: 10, ...settings }), words);
  const take = (chart: Chart, time: number, value: number, name = 'eth0', now = time) =>
    chart.take([reading('in_rate', eth(name), value, time)], now);

  it('shows the window, in the order of time, each time once', () => {
    const chart = chartOf({});
    const steps = [
      [0, 1],
      [3, 4],
      [2, 9],
      [2, 3],
      [11, 12],
    ] as const;
    for (const [step, value] of steps) take(chart, noon + step * minute, value);
    assert.deepEqual(
      points(chart, noon + 11 * minute).map(({ x, y }) => [(x - noon) / minute, y]),
      [
        [2, 3],
        [3, 4],
        [4, null],
        [11, 12],
      ],
    );
  });

  it('takes no point that is older than the window', () => {
    const chart = chartOf({});
    take(chart, noon - 10 * minute, 1, 'eth0', noon);
    assert.deepEqual(points(chart, noon), []);
  });

  it('takes no point that is further in the future than the window is long', () => {
    const chart = chartOf({});
    take(chart, noon + 10 * minute, 1, 'eth0', noon);
    take(chart, noon + 10 * minute + 1, 2, 'eth0', noon);
    assert.deepEqual(
      points(chart, noon).map(({ y }) => y),
      [1],
    );
  });

  it('has no more lines than colours that can be told apart', () => {
    const chart = chartOf({ limit: 12 });
    for (let i = 0; i < 12; i++) take(chart, noon, i + 1, `eth${i}`);
    const { payload, ui_update: update } = chart.show(noon).message;
    const lines = new Set((payload as { series: string }[]).map(({ series }) => series));
    const { color } = (update as { chartOptions: { color: string[] } }).chartOptions;
    assert.equal(lines.size, palette.length);
    assert.equal(new Set(color).size, palette.length);
  });

  it('goes on after a restart with its points and colours', () => {
    const before = chartOf({ limit: 2 });
    take(before, noon, 1, 'eth0');
    take(before, noon, 2, 'eth1');
    take(before, noon + minute, 3, 'eth2');
    const first = before.show(noon + minute).message;
    take(before, noon + 2 * minute, 7, 'eth1');
    const { payload } = before.show(noon + 2 * minute).message;
    const kept = JSON.parse(JSON.stringify(before.keep(noon + 2 * minute, noon + 2 * minute))) as {
      series: unknown[];
      colors: unknown[];
    };
    kept.series.push(null, { metric: 'in_rate', value: 'x' });
    kept.colors.push(['x', 99], 7);
    const after = chartOf({ limit: 2 });
    assert.equal(after.restore(kept, noon + 3 * minute, noon + 3 * minute), 3);
    const again = after.show(noon + 3 * minute).message;
    assert.deepEqual(again.payload, payload);
    assert.deepEqual(again.ui_update, first.ui_update);
    assert.equal(chartOf({ metrics: 'out_rate' }).restore(kept, noon, noon), 0);
    assert.throws(() => chartOf({}).restore([], noon, noon));
  });

  it('keeps no value that fell silent while it was away', () => {
    const settings = { ...v1, kind: 'gauge', staleAfter: 300 } as const;
    const before = new Chart(checkSettings(settings), words);
    before.take(rates, 1000);
    const kept = before.keep(2000, noon);
    const after = () => new Chart(checkSettings(settings), words);
    assert.equal(after().restore(kept, 50, noon + 298_999), 3);
    assert.equal(after().restore(kept, 50, noon + 299_000), 0);
  });

  it('interrupts the line where readings are missing', () => {
    const chart = chartOf({});
    for (const step of [0, 1, 2, 6, 7]) take(chart, noon + step * minute, 1);
    assert.deepEqual(
      points(chart, noon + 7 * minute).map(({ x, y }) => [(x - noon) / minute, y]),
      [
        [0, 1],
        [1, 1],
        [2, 1],
        [3, null],
        [6, 1],
        [7, 1],
      ],
    );
  });

  it('has the wanted number of points at most, however many come', () => {
    const chart = chartOf({ points: 40 });
    for (let i = 0; i < 5000; i++) take(chart, noon + i * 200, i === 4000 ? 99 : i % 7);
    const shown = points(chart, noon + 5000 * 200);
    assert.ok(shown.length <= 40 && shown.length > 30, String(shown.length));
    assert.equal(Math.max(...shown.map(({ y }) => y ?? 0)), 99);
  });

  it('leaves out a series with its last point, and the smallest of too many', () => {
    const chart = chartOf({ limit: 2 });
    take(chart, noon, 9, 'eth0');
    for (const [i, name] of ['eth1', 'eth2', 'eth3'].entries()) {
      take(chart, noon + 6 * minute, 2 + i, name);
    }
    const seen = (now: number) => [...new Set(points(chart, now).map(({ series }) => series))];
    assert.deepEqual(seen(noon + 6 * minute), ['eth0', 'eth3']);
    assert.equal(chart.nextChange(), noon + 10 * minute);
    assert.deepEqual(seen(noon + 10 * minute), ['eth2', 'eth3']);
  });

  it('keeps one unit for all lines', () => {
    const chart = chartOf({});
    take(chart, noon, 3e9, 'eth0');
    take(chart, noon, 2e6, 'eth1');
    assert.deepEqual(
      points(chart, noon).map(({ y }) => y),
      [3, 0.002],
    );
  });
});
