import type { Clock } from '../shared/clock.ts';
import type { HttpAnswer, HttpApi, HttpRequest } from '../shared/http-api.ts';
import { isProblem, type Problem, type Translate } from '../shared/problem.ts';
import { foreignText } from '../shared/text.ts';
import type { ActionLink, LinkSigner } from './action-link.ts';
import { type ActionPage, pageHeaders, renderPage } from './action-page.ts';
import { isDone, type LinkedAlert, type LinkedAlerts, silenceDurations } from './linked-alert.ts';
import { RateLimit } from './rate-limit.ts';

/** times a minute that one address may ask: a person needs a few, and guessing a signature needs 2^128 */
const perMinute = 60;

/** Where and with what links are made. */
export interface Options {
  alerts: LinkedAlerts;
  /** the one of now */
  signer: () => LinkSigner;
  clock: Clock;
  translate: Translate;
}

/**
 * The page that the links of a mail lead to. Opening it changes nothing, for mail scanners follow links; its button
 * does what the link allows.
 */
export class ActionSite implements HttpApi {
  readonly paths: readonly string[];
  readonly takesForms = true;
  readonly #options: Options;
  readonly #limit: RateLimit;

  /** @param path with a slash at its front */
  constructor(path: string, options: Options) {
    this.paths = [path];
    this.#options = options;
    this.#limit = new RateLimit(perMinute, options.clock.steady);
  }

  answer: HttpApi['answer'] = (_, request) => {
    if (!this.#limit.take(request.caller ?? '')) {
      const answer = this.#page(429, { problem: 'tooMany' });
      return Promise.resolve({ ...answer, headers: { ...answer.headers, 'Retry-After': '60' } });
    }
    try {
      return Promise.resolve(this.#answer(request));
    } catch (error) {
      if (!isProblem(error)) throw error;
      return Promise.resolve(this.#refuse(error));
    }
  };

  #answer({ query, form }: HttpRequest): HttpAnswer {
    const { signer, alerts, clock } = this.#options;
    const link = signer().read(query.token, clock.date());
    const linked = alerts.find(link.fingerprint);
    if (!linked || Math.round(linked.alert.startsAt) !== link.startsAt) {
      return this.#page(410, { problem: 'over' });
    }
    if (!form || isDone(link, linked)) return this.#page(200, { link, linked });
    this.#act(link, linked, form);
    // The page after it is opened anew, so that loading it again does nothing twice.
    const location = `?token=${encodeURIComponent(String(query.token))}`;
    return { ...this.#page(303, {}), headers: { ...pageHeaders, Location: location } };
  }

  #act({ action }: ActionLink, { alert }: LinkedAlert, form: URLSearchParams) {
    const { alerts, translate } = this.#options;
    const by = foreignText(form.get('by') ?? '', 100) || translate('alert-manager.link.someone');
    const comment = foreignText(form.get('comment') ?? '', 500);
    if (action === 'acknowledge') {
      alerts.acknowledge(alert, by, comment, form.get('others') === 'on');
    } else {
      const asked = Number(form.get('duration'));
      const duration = silenceDurations.find((one) => one === asked) ?? silenceDurations[0];
      alerts.silence(alert, by, comment, duration);
    }
  }

  #refuse({ key }: Problem): HttpAnswer {
    return key === 'linkExpired'
      ? this.#page(410, { problem: 'expired' })
      : this.#page(403, { problem: 'forged' });
  }

  #page(status: number, page: ActionPage): HttpAnswer {
    const body = [renderPage(page, this.#options.translate)];
    return { status, type: 'text/html; charset=utf-8', headers: pageHeaders, body };
  }
}
