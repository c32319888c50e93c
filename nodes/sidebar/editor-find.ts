import { errorText, type Translate } from '../shared/problem.ts';
import { ask } from './editor-client.ts';
import { element } from './editor-element.ts';
import type { FoundDevice, Look, LookRequest, Suggestions } from './look.ts';

/** ms between two questions for what was found meanwhile */
const pause = 400;

interface FindOptions {
  translate: Translate;
  /** the accesses that are deployed, whose credentials are tried too */
  accesses: () => { id: string; name: string }[];
  started: () => void;
  found: (devices: readonly FoundDevice[]) => void;
  ended: () => void;
}

/** The form to look for devices, and how far that is. */
export class Find {
  readonly element: HTMLElement;
  readonly #options: FindOptions;
  readonly #targets: HTMLInputElement;
  readonly #community: HTMLInputElement;
  readonly #accesses = element('div', { class: 'netmon-accesses' });
  readonly #suggested = element('div', { class: 'netmon-chips' });
  readonly #bar = element('progress');
  readonly #told = element('span', { role: 'status' });
  readonly #trouble = element('div', { class: 'netmon-trouble', role: 'alert' });
  readonly #stop: HTMLButtonElement;
  readonly #look: HTMLButtonElement;
  readonly #progress: HTMLElement;
  #found = 0;
  /** counts the looks: what belongs to an earlier one is not shown */
  #turn = 0;
  #id = '';

  constructor(options: FindOptions) {
    this.#options = options;
    const t = options.translate;
    this.#targets = element('input', {
      type: 'text',
      id: 'netmon-find-targets',
      placeholder: t('sidebar.find.placeholder'),
      autocomplete: 'off',
      spellcheck: 'false',
    });
    this.#community = element('input', {
      type: 'text',
      id: 'netmon-find-community',
      value: 'public',
    });
    this.#look = element(
      'button',
      { type: 'submit', class: 'red-ui-button netmon-primary' },
      t('sidebar.find.look'),
    );
    this.#stop = element(
      'button',
      { type: 'button', class: 'red-ui-button red-ui-button-small', onclick: () => this.#end() },
      t('sidebar.find.stop'),
    );
    this.#bar.setAttribute('aria-label', t('sidebar.find.progress'));
    this.#progress = element(
      'div',
      { class: 'netmon-progress', hidden: true },
      this.#bar,
      element('div', {}, this.#told, this.#stop),
    );
    this.element = element(
      'form',
      {
        onsubmit: (event) => {
          event.preventDefault();
          void this.#start();
        },
      },
      element('label', { for: 'netmon-find-targets' }, t('sidebar.find.label')),
      element('div', { class: 'netmon-field' }, this.#targets, this.#look),
      this.#suggested,
      element(
        'details',
        { ontoggle: () => this.#offerAccesses() },
        element('summary', {}, t('sidebar.find.options')),
        element('label', { for: 'netmon-find-community' }, t('sidebar.find.community')),
        this.#community,
        this.#accesses,
      ),
      this.#progress,
      this.#trouble,
    );
  }

  get community(): string {
    return this.#community.value;
  }

  /** Offers the networks of the machine and its gateway. */
  async suggest(): Promise<void> {
    const t = this.#options.translate;
    const { networks, neighbours } = await ask<Suggestions>('GET', 'look/suggestions', t);
    const gateways = neighbours.filter(({ isGateway }) => isGateway);
    const offered = [
      ...networks.slice(0, 3).map(({ network, hosts }) => ({
        target: network,
        text: t('sidebar.find.network', { network, hosts: String(hosts) }),
      })),
      ...gateways.slice(0, 2).map(({ address, name }) => ({
        target: address,
        text: t('sidebar.find.gateway', { name: name ?? address }),
      })),
    ];
    this.#suggested.replaceChildren(
      ...offered.map(({ target, text }) =>
        element(
          'button',
          {
            type: 'button',
            class: 'red-ui-button red-ui-button-small',
            title: t('sidebar.find.lookAt', { target }),
            onclick: () => {
              this.#targets.value = target;
              void this.#start();
            },
          },
          text,
        ),
      ),
    );
  }

  #offerAccesses() {
    const t = this.#options.translate;
    const off = new Set(this.#allAccesses().filter((id) => !this.#triedAccesses().includes(id)));
    const accesses = this.#options.accesses();
    this.#accesses.replaceChildren(
      ...(accesses.length === 0 ? [] : [element('div', {}, t('sidebar.find.accesses'))]),
      ...accesses.map(({ id, name }) => {
        const tick = element('input', { type: 'checkbox', value: id });
        tick.checked = !off.has(id);
        return element('label', {}, tick, ` ${name}`);
      }),
    );
  }

  #ticks(): HTMLInputElement[] {
    return [...this.#accesses.querySelectorAll('input')];
  }

  #allAccesses(): string[] {
    return this.#ticks().map(({ value }) => value);
  }

  #triedAccesses(): string[] {
    return this.#ticks()
      .filter(({ checked }) => checked)
      .map(({ value }) => value);
  }

  async #start() {
    const { translate, started, ended } = this.#options;
    const targets = this.#targets.value.trim();
    if (targets === '') {
      this.#targets.focus();
      return;
    }
    this.#end();
    const turn = ++this.#turn;
    this.#found = 0;
    this.#trouble.textContent = '';
    started();
    this.#show(undefined);
    this.#offerAccesses();
    const request: LookRequest = {
      targets,
      community: this.community,
      accesses: this.#triedAccesses(),
    };
    try {
      let look = await ask<Look>('POST', 'look', translate, request);
      for (;;) {
        if (turn !== this.#turn) {
          this.#cancel(look.id);
          return;
        }
        this.#id = look.id;
        this.#show(look);
        if (look.state !== 'running') break;
        await new Promise((resolve) => setTimeout(resolve, pause));
        if (turn !== this.#turn) return;
        look = await ask<Look>('GET', `look/${look.id}?after=${this.#found}`, translate);
      }
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#progress.hidden = true;
      this.#trouble.textContent = errorText(error, translate);
    }
    this.#id = '';
    ended();
  }

  #end() {
    this.#turn++;
    if (this.#progress.hidden || this.#stop.hidden) return;
    // What has no name yet is cancelled once it has one.
    if (this.#id !== '') this.#cancel(this.#id);
    this.#id = '';
    this.#stop.hidden = true;
    this.#bar.hidden = true;
    this.#told.textContent = this.#options.translate('sidebar.find.stopped', {
      found: String(this.#found),
    });
    this.#options.ended();
  }

  #cancel(id: string) {
    // It ends by itself too.
    ask('DELETE', `look/${id}`, this.#options.translate).catch(() => {});
  }

  #show(look: Look | undefined) {
    const t = this.#options.translate;
    const isRunning = look === undefined || look.state === 'running';
    this.#progress.hidden = false;
    this.#stop.hidden = !isRunning;
    this.#bar.hidden = !isRunning;
    if (!look) {
      this.#bar.removeAttribute('value');
      this.#told.textContent = t('sidebar.find.starting');
      return;
    }
    if (look.found.length > 0) {
      this.#options.found(look.found);
      // The list that begins below is what counts now.
      if (this.#found === 0) this.#progress.scrollIntoView({ block: 'start' });
    }
    this.#found += look.found.length;
    this.#bar.max = Math.max(1, look.total);
    this.#bar.value = look.asked;
    const counts = {
      asked: String(look.asked),
      total: String(look.total),
      found: String(this.#found),
    };
    const key = isRunning ? 'running' : this.#found === 0 ? 'none' : look.state;
    this.#told.textContent = t(`sidebar.find.${key}`, counts);
    this.#trouble.textContent = look.problems.map(({ key, params }) => t(key, params)).join('\n');
  }
}
