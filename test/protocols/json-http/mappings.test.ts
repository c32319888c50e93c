import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import type { NodeAPI } from 'node-red';
import { type Count, countNames, type InterfaceState } from '../../../nodes/contract/snapshot.ts';
import { nodeExpressions } from '../../../nodes/device-poll/runtime-expressions.ts';
import { readDocument } from '../../../nodes/protocols/json-http/document.ts';
import { httpFields } from '../../../nodes/protocols/json-http/fields.ts';
import { mappings } from '../../../nodes/protocols/json-http/mappings/index.ts';
import { http } from '../../../nodes/protocols/json-http/protocol.ts';

const { util } = createRequire(import.meta.url)('@node-red/util') as { util: NodeAPI['util'] };
const expressions = nodeExpressions(util);
const mapBy = (expression: string) => (answer: unknown) => expressions.evaluate(expression, answer);
const bodies = new URL('./mappings/', import.meta.url);
const files = new URL('../../../nodes/protocols/json-http/mappings/', import.meta.url);

/** A device's answer, and the interfaces in it: exact counts above 2^53 as texts. */
interface Body {
  answer: unknown;
  interfaces: (Omit<InterfaceState, keyof Record<(typeof countNames)[number], Count>> &
    Partial<Record<string, number | string>>)[];
}

function body(id: string): Body {
  return JSON.parse(readFileSync(new URL(`${id}.json`, bodies), 'utf8')) as Body;
}

/** The paths of all values in a value that are no lists or objects. */
function leaves(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, part]) => leaves(part, [...path, key]));
}

/** A copy of a value with another one at the end of a path. */
function withChange(value: unknown, [key, ...path]: string[], end: unknown): unknown {
  if (key === undefined) return end;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = withChange(copy[key], path, end);
  return copy;
}

describe('The mappings', () => {
  it('are all files of their folder, and each has a body to test it with', () => {
    const names = (folder: URL, ending: string, except: string[]) =>
      readdirSync(folder)
        .map((file) => file.replace(ending, ''))
        .filter((name) => !except.includes(name))
        .sort();
    const ids = Object.keys(mappings).sort();
    assert.deepEqual(names(files, '.ts', ['helpers', 'index', 'mapping']), ids);
    assert.deepEqual(names(bodies, '.json', []), ids);
  });

  for (const [id, { title, access, expression }] of Object.entries(mappings)) {
    describe(title, () => {
      it('asks as a device access can', () => {
        assert.doesNotThrow(() => http.settings({ ...httpFields.defaults, ...access }));
      });

      it('reads its interfaces', async () => {
        const { answer, interfaces } = body(id);
        const document = await mapBy(expression)(answer);
        const { snapshot, problems } = readDocument(document, 0);
        assert.deepEqual(problems, []);
        assert.deepEqual(
          snapshot.interfaces,
          interfaces.map((state) => {
            const exact: Record<string, unknown> = { ...state };
            for (const name of countNames) {
              if (typeof state[name] === 'string') exact[name] = BigInt(state[name]);
            }
            return exact;
          }),
        );
      });

      it('leaves out one odd field, and nothing else', async () => {
        const { answer } = body(id);
        const map = mapBy(expression);
        const read = async (value: unknown) => readDocument(await map(value), 0);
        const before = (await read(answer)).snapshot.interfaces!;
        for (const leaf of leaves(answer)) {
          for (const odd of [null, '', {}, [], 'x']) {
            const changed = withChange(answer, leaf, odd);
            const { snapshot, problems } = await read(changed);
            const after = snapshot.interfaces!;
            const where = `${leaf.join('.')} = ${JSON.stringify(odd)}`;
            // The name of a device is in those of all its ports.
            const own = before.filter(
              (state) => !after.some((now) => isDeepStrictEqual(now, state)),
            );
            const ofDevice = id === 'unifi' && leaf.length === 3;
            assert.ok(own.length <= (ofDevice ? 2 : 1), where);
            const named = problems.filter(({ message }) => /\.name: /.test(message)).length;
            assert.equal(after.length, before.length - named, where);
            const told = (state: object) => Object.keys(state).length;
            const now = after.find(({ name }) => name === own[0]?.name);
            if (own.length === 1 && now) assert.ok(told(now) >= told(own[0]!) - 1, where);
            if (odd === null || odd === '') assert.equal(problems.length, named, where);
          }
        }
      }).timeout(20_000);

      it('finds no interfaces in anything else', async () => {
        for (const other of [{}, [], null, 7, { error: { message: 'no' } }, { data: 1 }]) {
          const map = mapBy(expression);
          const outcome = await map(other).then(
            (document) => {
              const { interfaces } = readDocument(document, 0).snapshot;
              return interfaces?.length ?? 0;
            },
            () => 0,
          );
          assert.equal(outcome, 0, JSON.stringify(other));
        }
      });
    });
  }

  for (const [id, answer, message] of [
    [
      'arista-eapi',
      { jsonrpc: '2.0', error: { code: 1005, message: 'permission denied' } },
      'the JSONata expression failed: permission denied',
    ],
    [
      'cisco-nx-api',
      {
        ins_api: {
          outputs: { output: { code: '400', msg: 'Input CLI command error', clierror: '% x' } },
        },
      },
      'the JSONata expression failed: Input CLI command error: % x',
    ],
    [
      'unifi',
      { meta: { rc: 'error', msg: 'api.err.NoSiteContext' }, data: [] },
      'the JSONata expression failed: api.err.NoSiteContext',
    ],
  ] as const) {
    it(`tell what ${id} complains about`, async () => {
      const map = mapBy(mappings[id]!.expression);
      await assert.rejects(map(answer), { message });
    });
  }

  describe('of ietf-interfaces', () => {
    const read = async (answer: unknown) =>
      readDocument(await mapBy(mappings['ietf-interfaces']!.expression)(answer), 0);
    const statistics = { 'in-octets': '5' };
    const configured = { name: 'Gi1', description: 'x', type: 'a:ethernetCsmacd', enabled: false };

    it('read the state of RFC 7223 and that of RFC 8343 alike', async () => {
      const { answer } = body('ietf-interfaces');
      const older = {
        'ietf-interfaces:interfaces-state': Object.values(answer as Record<string, unknown>)[0],
      };
      assert.deepEqual(await read(older), await read(answer));
    });

    it('reads state and configuration together', async () => {
      const { snapshot, problems } = await read({
        'ietf-interfaces:interfaces': { interface: [configured, { name: 'Gi2', enabled: true }] },
        'ietf-interfaces:interfaces-state': {
          interface: [
            { name: 'Gi1', 'oper-status': 'down', statistics },
            { name: 'Gi3', 'admin-status': 'up', 'oper-status': 'up', statistics },
          ],
        },
      });
      assert.deepEqual(snapshot.interfaces, [
        { name: 'Gi1', alias: 'x', up: false, adminUp: false, inOctets: 5 },
        { name: 'Gi3', up: true, adminUp: true, inOctets: 5 },
      ]);
      assert.deepEqual(problems, []);
    });

    it('say so where there is only the configuration', async () => {
      const { snapshot, problems } = await read({
        'ietf-interfaces:interfaces': { interface: [configured] },
      });
      assert.deepEqual(snapshot.interfaces, [
        { name: 'Gi1', alias: 'x', type: 'ethernetCsmacd', adminUp: false },
      ]);
      assert.match(problems.join(), /tells a status or a count/);
    });
  });

  it('tell UniFi devices of one name apart by their MAC, in whatever order', async () => {
    const map = mapBy(mappings.unifi!.expression);
    const device = (name: string, mac: string) => ({
      name,
      mac,
      port_table: [{ port_idx: 1, up: true }],
    });
    const data = [device('Switch', 'aa'), device('Switch', 'bb'), device('Core', 'cc')];
    for (const list of [data, data.toReversed()]) {
      const { snapshot } = readDocument(await map({ meta: { rc: 'ok' }, data: list }), 0);
      assert.deepEqual(snapshot.interfaces!.map(({ name }) => name).sort(), [
        'Core port 1',
        'Switch aa port 1',
        'Switch bb port 1',
      ]);
    }
  });

  it('ask FortiGate for all its VDOMs, and read them', async () => {
    assert.match(mappings.fortigate!.access.url, /vdom=\*/);
    const { answer } = body('fortigate');
    const port = { name: 'dmz1', link: true, rx_bytes: 1 };
    const document = await mapBy(mappings.fortigate!.expression)([
      answer,
      { results: { dmz1: port }, vdom: 'second' },
    ]);
    assert.deepEqual(
      readDocument(document, 0).snapshot.interfaces!.map(({ name }) => name),
      [...body('fortigate').interfaces.map(({ name }) => name), 'dmz1'],
    );
  });
});
