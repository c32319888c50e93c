import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/red.ts';

interface Row {
  interface: string;
}
interface Device {
  name: string;
  parts: string[];
  told: string;
}
interface Availability {
  data(): { words: Record<string, string> };
  computed: { rows(this: object): Device[] };
  methods: { tip(this: object, slice: object): string };
}
interface Component {
  data(): object;
  computed: { rows(this: object): Row[] };
  methods: { sort(this: object, column: { by: string }): void };
}

const file = join(root, 'examples/Complete dashboard (Dashboard 2).json');
const nodes = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>[];

async function componentOf<Kind>(template: string): Promise<Kind> {
  const node = nodes.find(({ type, name }) => type === 'ui-template' && name === template)!;
  const script = /<script>([^]*)<\/script>/.exec(node.format!)![1]!;
  const url = `data:text/javascript,${encodeURIComponent(script)}`;
  return ((await import(url)) as { default: Kind }).default;
}

describe('The bars of availability', () => {
  it('say in words what their colors show, and what is not known', async () => {
    const bars = await componentOf<Availability>('availability');
    const up = { up24h: 99.5, up7d: 100, up30d: null, up365d: null };
    const shown = {
      ...bars.data(),
      msg: { payload: [{ device: 'web', check: 'https', ...up, bar: [] }] },
    };
    const [{ name, parts, told } = { name: '', parts: [], told: '' }] =
      bars.computed.rows.call(shown);
    assert.equal(name, 'web https');
    assert.deepEqual(parts, ['24 h: 99.5 %', '7 d: 100 %', '30 d: -', '1 y: -']);
    assert.equal(told, 'Last 24 hours of web https: up 99.5 %');
    const slice = { start: 0, end: 1_800_000, state: 'down', percent: 66.6 };
    assert.match(bars.methods.tip.call(shown, slice), /: ▲ down, 66.6 %$/);
    const unknown = { ...slice, state: 'unknown', percent: null };
    assert.match(bars.methods.tip.call(shown, unknown), /: \? unknown$/);
  });
});

describe('The table of interfaces', () => {
  it('begins with the busiest, and sorts numbers as numbers', async () => {
    const table = await componentOf<Component>('interfaces');
    const shown = {
      ...table.data(),
      msg: {
        payload: [
          { interface: 'none' },
          { interface: 'slow', in_rate: '669 kbit/s' },
          { interface: 'fast', in_rate: '56.1 Mbit/s' },
          { interface: 'sends', in_rate: '0 bit/s' },
        ],
        numbers: [{}, { in_rate: 669e3 }, { in_rate: 56.1e6 }, { in_rate: 0, out_rate: 460e6 }],
      },
    };
    const order = () => table.computed.rows.call(shown).map((row) => row.interface);
    assert.deepEqual(order(), ['sends', 'fast', 'slow', 'none']);
    table.methods.sort.call(shown, { by: 'in_rate_value' });
    assert.deepEqual(order(), ['fast', 'slow', 'sends', 'none']);
    table.methods.sort.call(shown, { by: 'in_rate_value' });
    assert.deepEqual(order(), ['sends', 'slow', 'fast', 'none']);
  });
});
