import { randomBytes, randomUUID } from 'node:crypto';
import type { Alert } from '../contract/alert.ts';
import type { Clock } from '../shared/clock.ts';
import { seal, unseal } from '../shared/configurations/versions/seal.ts';
import type { Translate } from '../shared/problem.ts';
import { type LinkAction, linkActions, type Links, LinkSigner } from './action-link.ts';
import { ActionSite } from './action-site.ts';
import type { AlertManager, Changes } from './alert-manager.ts';
import type { LinkedAlert } from './linked-alert.ts';
import type { Moment } from './moment.ts';
import { checkSilence } from './silence.ts';

/** ms for which a link works: an alert of Friday is seen on Monday */
const validFor = 7 * 86_400_000;
const secretBytes = 32;

export interface AlertLinksOptions {
  manager: AlertManager;
  /** where people's browsers reach the flows' addresses, without a slash at its end */
  address: string;
  /** of the page, with a slash at its front */
  path: string;
  clock: Clock;
  translate: Translate;
  /** takes what came of a link */
  tell: (changes: Changes) => void;
}

/** What links are signed with, as it is kept: encrypted, or where Node-RED encrypts nothing as hex digits. */
export interface KeptSecret {
  linkSecret?: string;
  sealedLinkSecret?: string;
}

/** The links of alerts, and the page that they lead to. */
export class AlertLinks {
  readonly #options: AlertLinksOptions;
  /** kept over restarts, or no link would work after one */
  secret: Buffer = randomBytes(secretBytes);

  constructor(options: AlertLinksOptions) {
    this.#options = options;
  }

  /** What is to be kept. @param key that it is encrypted with; without one it is kept as it is */
  kept(key: Uint8Array | undefined): KeptSecret {
    if (!key) return { linkSecret: this.secret.toString('hex') };
    return { sealedLinkSecret: Buffer.from(seal(this.secret, key)).toString('base64') };
  }

  /** Goes on with a secret that was kept; what cannot be read is none. */
  restore({ linkSecret, sealedLinkSecret }: KeptSecret, key: Uint8Array | undefined): void {
    const opened =
      key && sealedLinkSecret !== undefined
        ? unseal(Buffer.from(sealedLinkSecret, 'base64'), key)
        : Buffer.from(linkSecret ?? '', 'hex');
    if (opened?.length === secretBytes) this.secret = Buffer.from(opened);
  }

  /** By the fingerprints of those alerts that fire. */
  of(alerts: readonly Alert[]): Record<string, Links> {
    const { address, path, clock } = this.#options;
    const signer = new LinkSigner(this.secret);
    const expiresAt = clock.date() + validFor;
    const firing = alerts.filter(({ state }) => state === 'firing');
    return Object.fromEntries(
      firing.map(({ fingerprint, startsAt }) => {
        const link = (action: LinkAction) => {
          const token = signer.sign({ action, fingerprint, startsAt, expiresAt });
          return [action, `${address}${path}?token=${token}`];
        };
        return [fingerprint, Object.fromEntries(linkActions.map(link)) as Links];
      }),
    );
  }

  /** The page, to be served. */
  site(): ActionSite {
    const { manager, path, clock, translate, tell } = this.#options;
    return new ActionSite(path, {
      ...{ clock, translate },
      signer: () => new LinkSigner(this.secret),
      alerts: {
        find: (fingerprint) => find(manager, fingerprint, this.#now()),
        acknowledge: ({ fingerprint }, by, comment, withOthers) => {
          const others = withOthers ? manager.othersOf(fingerprint) : [];
          const fingerprints = new Set([fingerprint, ...others]);
          tell(manager.acknowledge({ fingerprints }, { by, comment }, this.#now()));
        },
        silence: (alert, by, comment, duration) => {
          const matchers = Object.entries({ alertname: alert.name, ...alert.labels });
          const asked = {
            matchers: matchers.map(([name, value]) => ({ name, value })),
            ...{ duration, createdBy: by, comment },
          };
          const silence = checkSilence('silence', asked, clock.date(), randomUUID);
          tell(manager.silence([silence], this.#now()));
        },
      },
    });
  }

  #now(): Moment {
    const { clock } = this.#options;
    return { now: clock.steady(), date: clock.date() };
  }
}

function find(manager: AlertManager, fingerprint: string, at: Moment): LinkedAlert | undefined {
  const listed = manager.find(fingerprint, at);
  if (!listed) return undefined;
  const { status } = listed;
  const silences = manager.silences(at).filter(({ id }) => status.silencedBy.includes(id));
  return {
    alert: listed,
    ...(status.acknowledged && { acknowledged: status.acknowledged }),
    ...(silences.length > 0 && {
      silencedUntil: Math.max(...silences.map(({ endsAt }) => endsAt)),
    }),
    others: manager.othersOf(fingerprint).length,
  };
}
