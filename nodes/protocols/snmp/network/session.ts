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
  const common = {
    timeout: resendAfter,
    backoff: 2,
    retries: Infinity,
    dgramModule: {
      createSocket: () => socket(link, onError, garbled, elsewhere, options.anyAddress),
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

// What net-snmp uses of a socket of dgram.
function socket(
  link: (listener: UdpListener) => UdpLink,
  onError: (error: Error) => void,
  garbled: (error: Error) => void,
  elsewhere: (address: string) => void,
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
        listeners.message?.(data);
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
