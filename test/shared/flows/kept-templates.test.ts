import assert from 'node:assert/strict';
import { Decoder } from '../../../nodes/shared/flows/decoder.ts';
import { Exporter } from '../../../nodes/shared/flows/exporter.ts';
import {
  keepTemplates,
  restoreTemplates,
  toKeptTemplates,
} from '../../../nodes/shared/flows/kept-templates.ts';
import { ip, ipfix, set, template, u, v9 } from '../../support/flow-datagrams.ts';

describe('Templates', () => {
  it('are kept over a restart, by format, domain and number', () => {
    const fields = [
      [8, 4],
      [12, 4],
      [1, 4],
      [2, 4],
      [9, 2, 9],
    ] as const;
    const record = Buffer.concat([ip('10.0.0.1'), ip('10.0.0.2'), u(700, 4), u(7, 4), u(0, 2)]);
    const sink = (counts: number[]) => ({
      flow: ({ octets }: { octets: number }) => counts.push(octets),
      counters: () => {},
    });
    const before = new Exporter('192.0.2.1');
    const decoder = new Decoder();
    decoder.take(ipfix([set(2, template(300, ...fields))], { domain: 5 }), before, 0, sink([]));
    decoder.take(v9([set(0, template(300, [1, 4], [2, 4]))]), before, 0, sink([]));
    const after = new Exporter('192.0.2.1');
    const [kept] = toKeptTemplates('kept', JSON.parse(JSON.stringify([keepTemplates(before)])));
    restoreTemplates(after, kept!);
    const counts: number[] = [];
    const again = new Decoder();
    again.take(ipfix([set(300, record)], { domain: 5 }), after, 0, sink(counts));
    again.take(v9([set(300, u(900, 4), u(9, 4))]), after, 0, sink(counts));
    again.take(ipfix([set(300, record)], { domain: 6 }), after, 0, sink(counts));
    assert.deepEqual(counts, [700, 900]);
    assert.equal(after.held.length, 1);
  });
});
