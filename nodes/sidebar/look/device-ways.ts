import { rounded } from '../../contract/round.ts';
import type { InterfaceState, Snapshot } from '../../contract/snapshot.ts';
import { mappings } from '../../protocols/json-http/mappings/index.ts';
import { prometheusFields } from '../../protocols/prometheus/fields.ts';
import { prometheus } from '../../protocols/prometheus/protocol.ts';
import { type Address, urlHost } from '../../shared/address.ts';
import type { FoundWay } from '../look.ts';
import type { LookNetwork } from './transport.ts';
import { makerOf, type WebAnswer, wordsOf } from './web-page.ts';

/** the port of a Node-RED, and so of another Netmon's interfaces */
const nodeRed = 1880;
/** MB of metrics that are read of a device that nobody has chosen yet */
const maxSize = 2;
const second = 1;

/** Makes a way: how a device answered, and how fast. */
export function way(
  protocol: FoundWay['protocol'],
  settings: FoundWay['settings'],
  responseTime: number,
): FoundWay {
  return { protocol, settings, responseTime: rounded(responseTime, 'ms') };
}

/** What a web server tells. */
export interface WebFinding {
  ways: FoundWay[];
  words: string[];
}

/** Looks at a web server. Undefined where there is none. */
export async function askWeb(
  network: LookNetwork,
  address: Address,
  { scheme, port }: { scheme: 'http' | 'https'; port: number },
  signal: AbortSignal,
): Promise<WebFinding | undefined> {
  const answer = await network
    .page(new URL(`${scheme}://${urlHost({ ...address, port })}/`), signal)
    .catch(() => undefined);
  if (!answer || isWrongScheme(answer)) return undefined;
  const isUsual = port === (scheme === 'http' ? 80 : 443);
  const suffix = isUsual || address.port !== undefined ? '' : `:${port}`;
  const untrusted = answer.certificate && !answer.certificate.isTrusted ? { verify: false } : {};
  const isGood = answer.status >= 200 && answer.status <= 299;
  const ways = [
    way(
      'http-check',
      {
        url: `${scheme}://{address}${suffix}/`,
        ...untrusted,
        ...(!isGood && { expectedStatus: String(answer.status) }),
      },
      answer.responseTime,
    ),
  ];
  if (answer.certificate) {
    const own = isUsual || address.port !== undefined ? {} : { port };
    ways.push(way('tls', { ...own, ...untrusted }, answer.responseTime));
  }
  return { ways, words: wordsOf(answer) };
}

// A server of TLS that is spoken to without it: nginx, Apache and others say so with 400.
function isWrongScheme({ status, certificate, body }: WebAnswer): boolean {
  return status === 400 && !certificate && /HTTPS|TLS|SSL/.test(body);
}

/** The vendor's own API, where these words tell of one that Netmon has a mapping for, and it is there. */
export async function askVendorApi(
  network: LookNetwork,
  address: Address,
  words: readonly string[],
  signal: AbortSignal,
): Promise<FoundWay | undefined> {
  const { mapping = '' } = makerOf(words) ?? {};
  const access = mappings[mapping]?.access;
  if (!access) return undefined;
  const url = new URL(access.url.replaceAll('{address}', urlHost(address)));
  const answer = await network.page(url, signal).catch(() => undefined);
  // It wants a login, or a request of another kind.
  if (!answer || ![200, 401, 403, 405].includes(answer.status)) return undefined;
  const settings = { ...access, mappingType: 'vendor', mapping };
  const verify = answer.certificate && !answer.certificate.isTrusted ? { verify: false } : {};
  return way('http', { ...settings, ...verify }, answer.responseTime);
}

/** What a source of readings gave. */
export interface ReadingsFinding {
  way: FoundWay;
  hostname?: string;
  uptime?: number;
  interfaces: InterfaceState[];
}

/** Metrics for Prometheus, such as node_exporter's or another Netmon's. Undefined where there are none. */
export async function askPrometheus(
  network: LookNetwork,
  address: Address,
  port: number,
  signal: AbortSignal,
): Promise<ReadingsFinding | undefined> {
  const isUsual = port === 9100 || address.port !== undefined;
  const settings = isUsual ? {} : { url: `http://{address}:${port}/metrics` };
  const fields = { ...prometheusFields.defaults, maxSize, ...settings };
  const connection = prometheus.open(prometheus.settings(fields), {}, network);
  const began = performance.now();
  try {
    const request = { seconds: second, answered: () => {} };
    const { snapshot } = await connection.poll(address, signal, request);
    const found = way('prometheus', settings, performance.now() - began);
    return { way: found, interfaces: snapshot.interfaces ?? [], ...told(snapshot) };
  } catch {
    return undefined;
  } finally {
    await connection.close();
  }
}

function told({ hostname, uptime }: Snapshot): Pick<ReadingsFinding, 'hostname' | 'uptime'> {
  return {
    ...(hostname !== undefined && { hostname }),
    ...(uptime !== undefined && { uptime }),
  };
}

/** Another Netmon's interfaces, as docs/device-api.md has them. Undefined where there are none. */
export async function askNetmon(
  network: LookNetwork,
  address: Address,
  signal: AbortSignal,
): Promise<ReadingsFinding | undefined> {
  const path = '/api/v1/interfaces/metrics';
  const host = urlHost({ port: nodeRed, ...address });
  const answer = await network
    .page(new URL(`http://${host}${path}`), signal)
    .catch(() => undefined);
  const interfaces = answer?.status === 200 ? interfacesIn(answer.body) : undefined;
  if (!answer || !interfaces) return undefined;
  const url = `http://{address}${address.port === undefined ? `:${nodeRed}` : ''}${path}`;
  return { way: way('http', { url }, answer.responseTime), interfaces };
}

function interfacesIn(body: string): InterfaceState[] | undefined {
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch {
    return undefined;
  }
  const list = (document as { interfaces?: unknown } | null)?.interfaces;
  if (!Array.isArray(list)) return undefined;
  return (list as unknown[]).flatMap((each) => {
    const { name, alias, type, up, adminUp, speed } = (each ?? {}) as Record<string, unknown>;
    if (typeof name !== 'string') return [];
    return {
      name,
      ...(typeof alias === 'string' && { alias }),
      ...(typeof type === 'string' && { type }),
      ...(typeof up === 'boolean' && { up }),
      ...(typeof adminUp === 'boolean' && { adminUp }),
      ...(typeof speed === 'number' && { speed }),
    };
  });
}
