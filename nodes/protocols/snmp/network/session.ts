import type snmp from 'net-snmp';
import { Problem } from '../../../shared/problem.ts';
import type { SnmpOptions } from '../transport.ts';
import { isWhole, messageId } from './message-id.ts';
import type { UdpLink, UdpListener } from './udp.ts';

/** ms after which a request is sent again: UDP loses packets */
export const resendAfter = 1000;

/**
 * A session of net-snmp, with a request that waits sent again after 1 s, 3 s, 7 s and so on. It ends no request by itself.
 * @param link makes the way to the device
 * @param elsewhere is told of another address from which an answer came
 * @param garbled is told of what came and could not be read
 */
export function openSession(
  library: typeof snmp,
  options: SnmpOptions,
  link: (listener: UdpListener) => UdpLink,
  onError: (error: Error) => void,
  garbled: (error: Error) => void,
  elsewhere: (address: string) => void,
): snmp.Session {
  const take = (data: Buffer, listener: (data: Buffer) => void) =>
    pastStrays(session as unknown as Requests, data, listener, garbled);
  const common = {
    timeout: resendAfter,
    backoff: 2,
    retries: Infinity,
    dgramModule: {
      createSocket: () => socket(link, onError, garbled, elsewhere, take, options.anyAddress),
    },
  };
  const session =
    options.version === '3'
      ? library.createV3Session('', userOf(library, options), {
          ...common,
          context: options.context,
        })
      : library.createSession('', options.community, {
          ...common,
          version: library.Version[options.version],
        });
  session.on('error', garbled);
  if (options.version === '3') refuseInsecure(session, library.SecurityLevel[options.level]);
  return session;
}

function userOf(library: typeof snmp, options: SnmpOptions & { version: '3' }): snmp.User {
  const { user, level, authProtocol, authPassphrase, privProtocol, privPassphrase } = options;
  return {
    name: user,
    level: library.SecurityLevel[level],
    ...(level !== 'noAuthNoPriv' && {
      authProtocol: library.AuthProtocols[authProtocol],
      authKey: authPassphrase,
    }),
    ...(level === 'authPriv' && {
      privProtocol: library.PrivProtocols[privProtocol],
      privKey: privPassphrase,
    }),
  };
}

// net-snmp checks what an answer says is signed, but takes one that is not.
function refuseInsecure(session: snmp.Session, level: number): void {
  const take = session.onSimpleGetResponse.bind(session);
  // RFC 3412, 6.4: bit 0 tells of authentication, bit 1 of privacy.
  const flags = level - 1 === 2 ? 3 : level - 1;
  session.onSimpleGetResponse = (request, message) => {
    if ((message.msgGlobalData!.msgFlags & flags) === flags) take(request, message);
    else (request.responseCb as (error: Error) => void)(new Problem('snmpInsecure'));
  };
}

/** A request of net-snmp that waits for its answer. */
interface Waiting {
  responseCb: (error: (Error & { code?: number }) | null, ...answer: unknown[]) => void;
}

/** What net-snmp's sessions have besides what its types tell. */
interface Requests {
  /** by the number of their messages */
  reqs: Record<number, Waiting | undefined>;
  registerRequest(request: Waiting): void;
}

// Codes of net-snmp's ResponseInvalidError: another kind of PDU, other OIDs, another version, another community.
const strayCodes = [3, 6, 9, 10];

// net-snmp ends a request with whatever bears its number. What is no answer to it is dropped, and the right one
// still waited for.
function pastStrays(
  session: Requests,
  data: Buffer,
  listener: (data: Buffer) => void,
  garbled: (error: Error) => void,
): void {
  const id = messageId(data);
  const request = id === undefined ? undefined : session.reqs[id];
  if (!request) {
    listener(data);
    return;
  }
  const { responseCb } = request;
  let stray: Error | undefined;
  let taking = true;
  let waiting: Waiting['responseCb'] | undefined = responseCb;
  request.responseCb = (error, ...answer) => {
    if (taking && error && strayCodes.includes(error.code ?? 0)) {
      stray = error;
      return;
    }
    const take = waiting;
    // V8 keeps a function that was called, and so all that it holds: each answer, until its next large collection.
    waiting = undefined;
    take?.(error, ...answer);
  };
  try {
    listener(data);
  } finally {
    taking = false;
    request.responseCb = responseCb;
  }
  if (!stray) return;
  garbled(stray);
  session.registerRequest(request);
}

// What net-snmp uses of a socket of dgram.
function socket(
  link: (listener: UdpListener) => UdpLink,
  onError: (error: Error) => void,
  garbled: (error: Error) => void,
  elsewhere: (address: string) => void,
  take: (data: Buffer, listener: (data: Buffer) => void) => void,
  anyAddress = false,
) {
  let asked: number | undefined;
  const listeners: { message?: (data: Buffer) => void; close?: () => void } = {};
  const listener: UdpListener = {
    message(data) {
      // net-snmp would end the request with it, before the right answer comes.
      if (!isWhole(data)) {
        garbled(new Error('damaged packet'));
        return;
      }
      try {
        if (listeners.message) take(data, listeners.message);
      } catch {
        // net-snmp does not foresee each kind of damage.
        onError(new Problem('snmpGarbled', { reason: 'damaged packet' }));
      }
    },
    stranger(data, address) {
      if (asked === undefined || messageId(data) !== asked) return;
      if (anyAddress) listener.message(data);
      else elsewhere(address);
    },
    error: onError,
  };
  const way = link(listener);
  return {
    on(event: keyof typeof listeners, listener: () => void) {
      listeners[event] = listener;
    },
    ref() {},
    unref() {},
    send(data: Buffer, ...[, , , , sent]: [number, number, number, string, () => void]) {
      asked = messageId(data);
      way.send(data);
      // Before any answer: net-snmp waits for one only from here on.
      sent();
    },
    close() {
      way.close();
      listeners.close?.();
    },
  };
}
