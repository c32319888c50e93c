import type { Translate } from '../shared/problem.ts';
import { ago } from './editor-ago.ts';
import { ask } from './editor-client.ts';
import { element } from './editor-element.ts';
import type { KeptConfiguration } from './look.ts';

/** ms between two looks at the runtime while the sidebar is seen: configurations change seldom */
const pause = 60_000;

const signs = { fetched: '●', unsaved: '◆', failed: '▲' } as const;
/** the colours of a device's state */
const tones = { fetched: 'up', unsaved: 'degraded', failed: 'down' } as const;

/** The list of devices whose configurations are kept. It is there only where some are. */
export class ConfigurationList {
  readonly element: HTMLElement;
  readonly #list = element('ul', { class: 'netmon-watched' });
  readonly #translate: Translate;
  readonly #language: string;
  readonly #reveal: (node: string) => void;

  /** @param reveal shows the node that fetches a device's configuration */
  constructor(translate: Translate, language: string, reveal: (node: string) => void) {
    this.#translate = translate;
    this.#language = language;
    this.#reveal = reveal;
    const title = element('h3', {}, translate('sidebar.configurations.title'));
    this.element = element('section', { hidden: true }, title, this.#list);
    setInterval(() => {
      const isSeen = this.element.parentElement?.offsetParent && !document.hidden;
      if (isSeen) void this.refresh();
    }, pause);
  }

  async refresh(): Promise<void> {
    try {
      this.#show(await ask<KeptConfiguration[]>('GET', 'configurations', this.#translate));
    } catch {
      // The list of what is watched says why nothing answers.
      this.#show([]);
    }
  }

  #show(all: KeptConfiguration[]) {
    this.element.hidden = all.length === 0;
    const focused = [...this.#list.querySelectorAll('button')].indexOf(
      document.activeElement as HTMLButtonElement,
    );
    this.#list.replaceChildren(...all.map((one) => this.#item(one)));
    this.#list.querySelectorAll('button')[focused]?.focus();
  }

  #item({ node, device, state, changedAt, reason }: KeptConfiguration): HTMLElement {
    const t = this.#translate;
    const changed =
      changedAt === undefined
        ? undefined
        : t('sidebar.configurations.changed', { ago: ago(changedAt, this.#language) });
    return element(
      'li',
      {},
      element(
        'button',
        { type: 'button', class: 'netmon-reveal', onclick: () => this.#reveal(node) },
        element('span', { class: `netmon-sign netmon-state-${tones[state]}` }, signs[state]),
        element(
          'span',
          {},
          element('b', {}, device),
          element('span', { class: 'netmon-state' }, t(`sidebar.configurations.${state}`)),
          element(
            'span',
            { class: 'netmon-detail' },
            [changed, reason].filter(Boolean).join(' · '),
          ),
        ),
      ),
    );
  }
}
