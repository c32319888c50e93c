import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { NodeAPI } from 'node-red';
import { httpFields } from '../../nodes/device-access/fields/http.ts';
import { mappings } from '../../nodes/device-access/mappings/index.ts';
import { http } from '../../nodes/device-access/protocols/http.ts';
import { readDocument } from '../../nodes/device-poll/document.ts';
import { jsonataMapping } from '../../nodes/device-poll/jsonata-mapping.ts';
import { type Count, countNames, type InterfaceState } from '../../nodes/shared/snapshot.ts';

const { util } = createRequire(import.meta.url)('@node-red/util') as { util: NodeAPI['util'] };
const bodies = new URL('./mappings/', import.meta.url);
const files = new URL('../../nodes/device-access/mappings/', import.meta.url);

/** A device's answer, and the interfaces in it: exact counts above 2^53 as texts. */
interface Body {
  answer: unknown;
  interfaces: (Omit<InterfaceState, keyof Record<(typeof countNames)[number], Count>> &
    Partial<Record<string, number | string>>)[];
}

function body(id: string): Body {
  return JSON.parse(readFileSync(new URL(`${id}.json`, bodies), 'utf8')) as Body;
}

describe('The mappings', () => {
  it('are all files of their folder, and each has a body to test it with', () => {
    const names = (folder: URL, ending: string, except: string[]) =>
      readdirSync(folder)
        .map((file) => file.replace(ending, ''))
        .filter((name) => !except.includes(name))
        .sort();
    const ids = Object.keys(mappings).sort();
    assert.deepEqual(names(files, '.ts', ['index', 'mapping']), ids);
    assert.deepEqual(names(bodies, '.json', []), ids);
  });

  for (const [id, { title, access, expression }] of Object.entries(mappings)) {
    describe(title, () => {
      it('asks as a device access can', () => {
        assert.doesNotThrow(() => http.settings({ ...httpFields.defaults, ...access }));
      });

      it('reads its interfaces', async () => {
        const { answer, interfaces } = body(id);
        const document = await jsonataMapping(expression, util)(answer);
        const { snapshot, problems } = readDocument(document, 0);
        assert.deepEqual(problems, []);
        assert.deepEqual(
          snapshot.interfaces,
          interfaces.map((state) => {
            const exact: Record<string, unknown> = { ...state };
            for (const name of countNames)
              if (typeof state[name] === 'string') exact[name] = BigInt(state[name]);
            return exact;
          }),
        );
      });

      it('finds no interfaces in anything else', async () => {
        for (const other of [{}, [], null, 7, { error: { message: 'no' } }, { data: 1 }]) {
          const map = jsonataMapping(expression, util);
          const outcome = await Promise.resolve(map(other)).then(
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
      const map = jsonataMapping(mappings[id]!.expression, util);
      await assert.rejects(Promise.resolve(map(answer)), { message });
    });
  }

  it('read the older ietf-interfaces too', async () => {
    const { answer } = body('ietf-interfaces');
    const older = {
      'ietf-interfaces:interfaces-state': Object.values(answer as Record<string, unknown>)[0],
    };
    const map = jsonataMapping(mappings['ietf-interfaces']!.expression, util);
    assert.deepEqual(await map(older), await map(answer));
  });
});
