import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { NodeAPI } from 'node-red';
import { mappingOf } from '../../nodes/device-poll/mapping.ts';

const { util } = createRequire(import.meta.url)('@node-red/util') as { util: NodeAPI['util'] };

describe('mappingOf', () => {
  it("has a vendor's mapping by its name", async () => {
    const body = new URL('../device-access/mappings/mikrotik.json', import.meta.url);
    const { answer, interfaces } = JSON.parse(readFileSync(body, 'utf8')) as {
      answer: unknown;
      interfaces: { name: string }[];
    };
    const map = mappingOf({ mappingType: 'vendor', mapping: 'mikrotik' }, util);
    const document = (await map(answer)) as { interfaces: { name: string }[] };
    assert.deepEqual(
      document.interfaces.map(({ name }) => name),
      interfaces.map(({ name }) => name),
    );
  });

  it('leaves an answer that is a document already as it is', () => {
    const answer = { interfaces: [] };
    assert.equal(mappingOf({ mappingType: 'netmon', mapping: '' }, util)(answer), answer);
  });

  it('names a vendor that there is none of', () => {
    assert.throws(
      () => mappingOf({ mappingType: 'vendor', mapping: 'acme' }, util),
      /^Problem: mapping: expected/,
    );
  });
});
