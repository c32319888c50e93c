import * as check from '../shared/check.ts';
import type { ServerAddress } from '../shared/history/connection.ts';
import type { ForwardSettings } from '../shared/history/remote-write/forwarders.ts';
import { FieldProblem, Problem } from '../shared/problem.ts';
import type { HistoryDatabaseOptions } from './config.ts';

/** What the user may have to log in with where readings are forwarded to. */
export interface RemoteCredentials {
  remoteUser?: string;
  /** the password, or the token */
  remoteSecret?: string;
}

/** The server that a node reads. Throws a Problem where its address, user or secret are no good. */
export function serverOf(
  { serverUrl, remoteLogin, remoteVerify, remoteCa }: HistoryDatabaseOptions,
  credentials: RemoteCredentials,
): ServerAddress {
  if (serverUrl === '') throw new FieldProblem('serverUrl', 'webAddress', serverUrl);
  return {
    url: serverUrl,
    authorization: authorizationOf(remoteLogin, credentials),
    verify: remoteVerify,
    ca: serverUrl.startsWith('https:') && remoteVerify ? remoteCa : '',
  };
}

/**
 * Where the readings of a node go on to. Throws a Problem where user or secret cannot be sent.
 * @param id of the node
 */
export function forwardsOf(
  { remoteUrl, remoteLogin, remoteLabels, remoteVerify, remoteCa }: HistoryDatabaseOptions,
  credentials: RemoteCredentials,
  id: string,
): ForwardSettings[] {
  if (remoteUrl === '') return [];
  const isSecure = remoteUrl.startsWith('https:');
  return [
    {
      name: id,
      url: remoteUrl,
      authorization: authorizationOf(remoteLogin, credentials),
      labels: remoteLabels,
      verify: remoteVerify,
      ca: isSecure && remoteVerify ? remoteCa : '',
    },
  ];
}

function authorizationOf(
  login: HistoryDatabaseOptions['remoteLogin'],
  { remoteUser = '', remoteSecret = '' }: RemoteCredentials,
): string {
  if (login === 'none') return '';
  if (check.hasControl(remoteUser + remoteSecret)) throw new Problem('secret');
  if (login === 'basic') {
    // RFC 7617: in UTF-8, and a colon ends the user.
    if (remoteUser.includes(':')) throw new Problem('secret');
    return `Basic ${Buffer.from(`${remoteUser}:${remoteSecret}`).toString('base64')}`;
  }
  if (/[^\x20-\x7e]/.test(remoteSecret)) throw new Problem('secret');
  return `Bearer ${remoteSecret}`;
}
