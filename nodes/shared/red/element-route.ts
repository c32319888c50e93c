import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { NodeAPI } from 'node-red';
import { resourcesFolder } from '../resources-folder.ts';

/**
 * Serves the elements that dashboards show, and their texts, at `/netmon/elements/netmon-<name>.js`, beside the addresses of flows
 * and behind their login. Node-RED's own address for them, `/resources/`, is not there where the editor is
 * switched off (`httpAdminRoot: false`).
 */
export function serveElements(RED: NodeAPI, folder: URL | string = resourcesFolder): void {
  const path = typeof folder === 'string' ? folder : fileURLToPath(folder);
  const base = pathToFileURL(`${path}/`);
  RED.httpNode.get('/netmon/elements/:file', ({ params: { file } }, response, next) => {
    const [, kind] = /^netmon-[a-z-]+\.(js|json)$/i.exec(file) ?? [];
    if (kind === undefined) {
      next();
      return;
    }
    readFile(new URL(file, base), 'utf8').then(
      // A browser asks whether it is still the same, as it does for Node-RED's resources.
      (content) => response.set('Cache-Control', 'public, max-age=0').type(kind).send(content),
      () => next(),
    );
  });
}
