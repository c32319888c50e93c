import { errorText, type Translate } from '../shared/problem.ts';
import { ago } from './editor-ago.ts';
import { ask } from './editor-client.ts';
import { element } from './editor-element.ts';
import type { Watched } from './look.ts';

/** ms between two looks at the runtime while the list is seen */
const pause = 5000;

const signs = { up: '●', degraded: '◆', down: '▲', unknown: '○' } as const;
function rank(state: string): number {
  return ['down', 'degraded', 'unknown', 'up'].indexOf(state);
}

/** The list of what Netmon watches. */
export class WatchedList {
  readonly element = element('ul', { class: 'netmon-watched' });
  readonly #translate: Translate;
  readonly #reveal: (node: string) => void;
  readonly #language: string;
  #shown = '';

  /** @param reveal shows the node that watches a device */
  constructor(translate: Translate, language: string, reveal: (node: string) => void) {
    this.#translate = translate;
    this.#reveal = reveal;
    this.#language = language;
    setInterval(() => {
      const isSeen = this.element.offsetParent !== null && !document.hidden;
      if (isSeen) void this.refresh();
    }, pause);
  }

  async refresh(): Promise<void> {
    try {
      this.#show(await ask<Watched[]>('GET', 'watched', this.#translate));
    } catch (error) {
      this.element.replaceChildren(element('li', {}, errorText(error, this.#translate)));
      this.#shown = '';
    }
  }

  #show(all: Watched[]) {
    const sorted = all.toSorted(
      (a, b) => rank(a.state) - rank(b.state) || a.device.localeCompare(b.device),
    );
    // What has the focus stays where it is as long as nothing else is told.
    const now = JSON.stringify([sorted, sorted.map((one) => this.#detail(one))]);
    if (now === this.#shown) return;
    this.#shown = now;
    const focused = [...this.element.querySelectorAll('button')].indexOf(
      document.activeElement as HTMLButtonElement,
    );
    this.element.replaceChildren(
      ...(sorted.length === 0
        ? [element('li', { class: 'netmon-detail' }, this.#translate('sidebar.watched.none'))]
        : sorted.map((one) => this.#item(one))),
    );
    this.element.querySelectorAll('button')[focused]?.focus();
  }

  #item(one: Watched): HTMLElement {
    const state = this.#translate(`sidebar.watched.${one.state}`);
    return element(
      'li',
      {},
      element(
        'button',
        { type: 'button', class: 'netmon-reveal', onclick: () => this.#reveal(one.node) },
        element('span', { class: `netmon-sign netmon-state-${one.state}` }, signs[one.state]),
        element(
          'span',
          {},
          element('b', {}, one.device),
          element('span', { class: 'netmon-state' }, state),
          element('span', { class: 'netmon-detail' }, this.#detail(one)),
        ),
      ),
    );
  }

  #detail({ lastPoll, reason }: Watched): string {
    const polled =
      lastPoll === undefined
        ? this.#translate('sidebar.watched.notPolled')
        : ago(lastPoll, this.#language);
    return [polled, reason].filter(Boolean).join(' · ');
  }
}
