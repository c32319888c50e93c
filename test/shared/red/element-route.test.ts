import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NodeAPI } from 'node-red';
import { serveElements } from '../../../nodes/shared/red/element-route.ts';

type Handler = (request: object, response: object, next: () => void) => void;

describe('the elements beside the addresses of flows', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netmon elements '));
    await writeFile(join(folder, 'netmon-heat-map.js'), 'map()');
    await writeFile(join(folder, 'netmon-words-zh-CN.json'), '{}');
    await writeFile(join(folder, 'notes.js'), 'secret');
  });
  after(() => rm(folder, { recursive: true }));

  /** What is sent for a file; nothing where the request goes on to others. */
  function asked(file: string): Promise<string | undefined> {
    let handler: Handler | undefined;
    let path = '';
    const httpNode = { get: (...given: [string, Handler]) => ([path, handler] = given) };
    serveElements({ httpNode } as unknown as NodeAPI, folder);
    assert.equal(path, '/netmon/elements/:file');
    return new Promise((resolve) => {
      const response = { set: () => response, type: () => response, send: resolve };
      handler!({ params: { file } }, response, () => resolve(undefined));
    });
  }

  it('are served by their names, and nothing else is', async () => {
    assert.equal(await asked('netmon-heat-map.js'), 'map()');
    assert.equal(await asked('netmon-words-zh-CN.json'), '{}');
    for (const file of ['netmon-other.js', 'notes.js', '../netmon-heat-map.js', 'netmon-%2e.js']) {
      assert.equal(await asked(file), undefined, file);
    }
  });
});
