import type { NodeAPI } from 'node-red';
import { type SnmpFields, snmpFields } from '../protocols/snmp/fields.ts';
import { snmpOptions } from '../protocols/snmp/protocol.ts';
import * as check from '../shared/check.ts';
import { systemClock } from '../shared/clock.ts';
import { isProblem, Problem } from '../shared/problem.ts';
import { addAdminRoute, type AdminRequest } from '../shared/red/admin-route.ts';
import type { IdleNode } from '../shared/red/register-node.ts';
import type { Look, LookRequest } from './look.ts';
import { askDevice, type SnmpLogin } from './look/ask-device.ts';
import { Looks } from './look/looks.ts';
import { lookNetwork } from './look/network.ts';
import { Pace } from './look/pace.ts';
import { parseTargets } from './look/targets.ts';

/** addresses that are asked at a time */
const limit = 40;
/** packets a second that begin something */
const perSecond = 300;
/** accesses that are tried */
const maxAccesses = 20;
/** bytes of a community (RFC 3584, 5.2.1: an octet string; nobody has a longer one) */
const maxCommunity = 255;

/** Adds the routes by which the editor looks for devices. */
export function addLookRoutes(RED: NodeAPI): void {
  const looks = new Looks(systemClock);
  addAdminRoute(RED, 'POST look', (request) => begin(RED, looks, request));
  addAdminRoute(RED, 'GET look/:id', ({ params, query }) => {
    const after = Math.max(0, Number(query.after) || 0);
    return looks.get(params.id!).view(after);
  });
  addAdminRoute(RED, 'DELETE look/:id', async ({ params }) => {
    const look = looks.get(params.id!);
    look.stop();
    await look.ended;
    return look.view();
  });
  RED.events.on('runtime-event', (event: RuntimeEvent) => {
    if (isEnd(event)) void looks.close();
  });
}

interface RuntimeEvent {
  id: string;
  payload?: { state?: string; deploy?: boolean; error?: string };
}

// Flows stop at a deploy too, which a look need not mind.
function isEnd({ id, payload = {} }: RuntimeEvent): boolean {
  const { state, deploy, error } = payload;
  return id === 'runtime-state' && state === 'stop' && !deploy && error === undefined;
}

function begin(RED: NodeAPI, looks: Looks, { body }: AdminRequest): Look {
  const request: Partial<Record<keyof LookRequest, unknown>> = check.object('settings', body);
  const targets = parseTargets(request.targets);
  const community = communityOf(request.community);
  const ids = check.array('access', request.accesses ?? []).slice(0, maxAccesses);
  const problems: Problem[] = [];
  const logins = ids.flatMap((id) => {
    try {
      return loginOf(RED, String(id));
    } catch (error) {
      if (!isProblem(error)) throw error;
      problems.push(error);
      return [];
    }
  });
  if (community !== '') {
    const options = { version: '2c', community } as const;
    const settings = { snmpVersion: '2c' };
    logins.push({
      transport: lookNetwork.snmp(options),
      port: snmpFields.defaults.snmpPort,
      settings,
    });
  }
  const pace = new Pace(perSecond, systemClock);
  const asking = { network: lookNetwork, logins, pace, clock: systemClock };
  const look = looks.begin({
    targets,
    problems,
    limit,
    ask: (target, signal, tell) => askDevice(target, signal, tell, asking),
    fail: (error) => RED.log.error(error),
  });
  void look.ended.then(() => Promise.all(logins.map(({ transport }) => transport.close())));
  return look.view();
}

function communityOf(value: unknown): string {
  return value === undefined || value === ''
    ? ''
    : check.text('secret', value, { max: maxCommunity });
}

/** How a deployed device access asks. Throws a Problem where it is missing, not of SNMP, or bad. */
function loginOf(RED: NodeAPI, id: string): SnmpLogin {
  let config: (SnmpFields & { name?: string; protocol?: string }) | undefined;
  RED.nodes.eachNode((node) => {
    if (node.id === id && node.type === 'netmon-device-access') {
      config = node as unknown as typeof config;
    }
  });
  const node = RED.nodes.getNode(id) as (IdleNode & object) | null;
  if (!config || !node) throw new Problem('noAccess');
  const name = config.name || id;
  if (config.protocol !== 'snmp') throw new Problem('lookAccess', { name });
  if (node.problem !== undefined) throw new Problem('badAccess', {}, { cause: node.problem });
  const fields = { ...snmpFields.defaults, ...config };
  const secrets = RED.nodes.getCredentials(id) ?? {};
  const transport = lookNetwork.snmp(snmpOptions(fields, secrets));
  return { transport, port: snmpFields.checks.snmpPort(fields.snmpPort), settings: {}, access: id };
}
