import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/red.ts';

interface Row {
  interface: string;
}
interface Component {
  data(): object;
  computed: { rows(this: object): Row[] };
  methods: { sort(this: object, column: { by: string }): void };
}

const file = join(root, 'examples/Complete dashboard (Dashboard 2).json');
const nodes = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>[];

describe('The table of interfaces', () => {
  it('begins with the busiest, and sorts numbers as numbers', async () => {
    const node = nodes.find(({ type, name }) => type === 'ui-template' && name === 'interfaces')!;
    const script = /<script>([^]*)<\/script>/.exec(node.format!)![1]!;
    const url = `data:text/javascript,${encodeURIComponent(script)}`;
    const { default: table } = (await import(url)) as { default: Component };
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
