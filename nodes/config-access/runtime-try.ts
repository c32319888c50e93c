import type { NodeAPI } from 'node-red';
import * as check from '../shared/check.ts';
import { addAdminRoute, type AdminRequest } from '../shared/red/admin-route.ts';
import { type AccessSettings, accessSettings } from './config.ts';
import { accessOf, type EditedAccess, type StoredAccess } from './edited-access.ts';
import { tryAccess, type TryAnswer } from './try-access.ts';

/** Adds the route behind the dialog's Try. */
export function addTryRoute(RED: NodeAPI): void {
  addAdminRoute(RED, 'POST config-access/try', (request) => answer(RED, request));
}

async function answer(RED: NodeAPI, { body, signal }: AdminRequest): Promise<TryAnswer> {
  const { access: settings, address } = check.object('body', body);
  const raw = check.object('access', settings);
  const request = accessSettings.migrate(raw) as unknown as EditedAccess;
  const access = accessOf(request, storedAccess(RED, request.id));
  try {
    return await tryAccess(access, address, signal);
  } finally {
    await access.close();
  }
}

function storedAccess(RED: NodeAPI, id: string): StoredAccess | undefined {
  let config: AccessSettings | undefined;
  RED.nodes.eachNode((node) => {
    if (node.id === id && node.type === 'netmon-config-access') {
      config = accessSettings.migrate(node) as unknown as AccessSettings;
    }
  });
  return config && { config, secrets: RED.nodes.getCredentials(id) ?? {} };
}
