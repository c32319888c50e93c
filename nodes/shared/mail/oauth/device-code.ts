import type { Clock } from '../../clock.ts';
import { Problem } from '../../problem.ts';
import { ask } from './ask-tokens.ts';
import type { SignInSettings } from './sign-in-settings.ts';
import { tokenProblem } from './token-problem.ts';
import { deviceCodeRequest, deviceTokenRequest } from './token-request.ts';

const pending = ['authorization_pending', 'slow_down'];

/** A sign-in that a person finishes in a browser, on whatever machine. */
export interface DeviceSignIn {
  /** what to type in there */
  userCode: string;
  /** where */
  url: string;
  /** when it is too late, on the steady clock */
  until: number;
  deviceCode: string;
  /** s between two questions whether it is done */
  interval: number;
}

/** Begins a sign-in by device code (RFC 8628). Rejects with a Problem. */
export async function beginSignIn(
  settings: SignInSettings,
  clock: Clock,
  signal: AbortSignal,
): Promise<DeviceSignIn> {
  const request = deviceCodeRequest(settings);
  const answer = await ask(request, signal);
  const { device_code, user_code, verification_uri, expires_in, interval } = answer;
  const url = typeof verification_uri === 'string' ? URL.parse(verification_uri) : null;
  if (typeof device_code !== 'string' || typeof user_code !== 'string' || !url) {
    throw tokenProblem(new URL(request.url).host, 502, { error: '', description: '' });
  }
  if (!/^https?:$/.test(url.protocol)) throw new Problem('signInAddress', { url: url.href });
  return {
    userCode: user_code,
    url: url.href,
    until: clock.steady() + (Number(expires_in) || 900) * 1000,
    deviceCode: device_code,
    // RFC 8628 section 3.2: 5 where it is not told.
    interval: Math.max(1, Number(interval) || 5),
  };
}

/** What came of a question: the refresh token, or how to ask on. */
export type DeviceAnswer = { refreshToken: string } | { pending: DeviceSignIn };

/** Asks, after the time that the server wants, whether the person has signed in by now. Rejects with a Problem. */
export async function askSignIn(
  settings: SignInSettings,
  begun: DeviceSignIn,
  clock: Clock,
  signal: AbortSignal,
): Promise<DeviceAnswer> {
  await pause(clock, begun.interval * 1000, signal);
  if (clock.steady() >= begun.until) throw new Problem('signInTooLate');
  const request = deviceTokenRequest(settings, begun.deviceCode);
  const { refresh_token, error } = await ask(request, signal, pending);
  if (typeof refresh_token === 'string') return { refreshToken: refresh_token };
  if (error === undefined) throw new Problem('signInNoRefresh');
  // RFC 8628 section 3.5
  const slower = error === 'slow_down' ? 5 : 0;
  return { pending: { ...begun, interval: begun.interval + slower } };
}

async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = () => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(ms, end);
    signal.addEventListener('abort', end);
  });
  signal.throwIfAborted();
}
