import type { Translate } from '../shared/problem.ts';
import { ConfigurationList } from './editor-configurations.ts';
import { DashboardOffer, isInstalled } from './editor-dashboard.ts';
import { element } from './editor-element.ts';
import { Find } from './editor-find.ts';
import { FoundList } from './editor-found.ts';
import { areOffered, setOffered } from './editor-next-steps.ts';
import type { Editor } from './editor-red.ts';
import { WatchedList } from './editor-watched.ts';
import { apply, readWorkspace } from './editor-workspace.ts';
import type { FoundDevice } from './look.ts';
import { make, makeChart, polledDevices } from './maker/make.ts';
import { makerWords, type Words } from './maker/words.ts';

declare const RED: Editor;

/** The content of the Netmon sidebar. */
export class Panel {
  readonly element: HTMLElement;
  readonly #translate: Translate;
  readonly #words: Words;
  readonly #find: Find;
  readonly #found: FoundList;
  readonly #make: HTMLButtonElement;
  readonly #made = element('div', { class: 'netmon-note', role: 'status' });
  readonly #results: HTMLElement;
  /** where the button is, or why there is none */
  readonly #footer: HTMLElement;
  readonly #dashboard: DashboardOffer;
  readonly #watched: WatchedList;
  readonly #configurations: ConfigurationList;
  readonly #mayMake = RED.user.hasPermission('flows.write');

  constructor(translate: Translate) {
    const t = translate;
    this.#translate = t;
    this.#words = makerWords(t);
    this.#found = new FoundList(
      t,
      () => this.#refreshButton(),
      (device, port) => this.#chart(device, port),
    );
    this.#find = new Find({
      translate: t,
      accesses,
      started: () => {
        this.#found.clear();
        this.#say('');
        this.#refreshFound();
      },
      found: (devices) => {
        this.#found.add(devices);
        this.#refreshFound();
      },
      ended: () => {
        this.#found.complete();
        this.#refreshFound();
      },
    });
    this.#make = element('button', {
      type: 'button',
      class: 'red-ui-button netmon-primary',
      onclick: () => this.#makeFlow(),
    });
    this.#results = element('div', { hidden: true }, this.#found.element);
    this.#dashboard = new DashboardOffer(t);
    const reveal = (node: string) => RED.view.reveal(node);
    this.#watched = new WatchedList(t, RED.i18n.lang(), reveal);
    this.#configurations = new ConfigurationList(t, RED.i18n.lang(), reveal);
    this.#footer = element(
      'div',
      { hidden: true },
      this.#mayMake ? this.#make : element('p', {}, t('sidebar.make.readOnly')),
    );
    this.element = element(
      'div',
      { class: 'netmon-sidebar' },
      element(
        'div',
        { class: 'netmon-sections' },
        element('section', {}, this.#find.element, this.#results),
        element(
          'section',
          {},
          element('h3', {}, t('sidebar.watched.title')),
          this.#watched.element,
        ),
        this.#configurations.element,
        element('section', {}, this.#nextSteps()),
      ),
      element('div', { class: 'netmon-footer' }, this.#made, this.#footer, this.#dashboard.element),
    );
  }

  /** To be called once the flows are there. */
  async start(): Promise<void> {
    const refresh = () => this.#dashboard.refresh();
    refresh();
    for (const event of ['deploy', 'workspace:dirty']) RED.events.on(event, refresh);
    RED.events.on('deploy', () => {
      this.#say('');
      this.#refreshLists();
    });
    this.#refreshLists();
    // Without them one types an address.
    if (this.#mayMake) await this.#find.suggest().catch(() => {});
  }

  #refreshLists() {
    void this.#watched.refresh();
    void this.#configurations.refresh();
  }

  #nextSteps(): HTMLElement {
    const tick = element('input', { type: 'checkbox', onchange: () => setOffered(tick.checked) });
    tick.checked = areOffered();
    return element('label', {}, tick, ` ${this.#translate('sidebar.nextSteps')}`);
  }

  #refreshFound() {
    const watched = new Set(polledDevices(readWorkspace()).map(({ address }) => address));
    this.#found.markWatched((address) => watched.has(address));
    this.#results.hidden = this.#found.size === 0;
    this.#footer.hidden = this.#results.hidden;
    this.#refreshButton();
  }

  #refreshButton() {
    const isFirst = polledDevices(readWorkspace()).length === 0;
    const key = !isFirst ? 'add' : isInstalled() ? 'all' : 'flow';
    this.#make.textContent = this.#translate(`sidebar.make.${key}`);
    this.#make.disabled = this.#found.chosen().length === 0;
  }

  #makeFlow() {
    const chosen = this.#found.chosen();
    const options = { community: this.#find.community, words: this.#words };
    const made = make(readWorkspace(), chosen, options);
    if (apply(made)) this.#say('sidebar.make.done');
    this.#refreshFound();
  }

  #chart({ address }: FoundDevice, port: string) {
    const workspace = readWorkspace();
    const { device } = polledDevices(workspace).find((one) => one.address === address) ?? {};
    const made = device && makeChart(workspace, { device, port }, { words: this.#words });
    if (!made) this.#say(isInstalled() ? 'sidebar.make.notWatched' : 'sidebar.dashboard.none');
    else if (apply(made)) this.#say('sidebar.make.chartDone');
  }

  #say(key: string) {
    this.#made.textContent = key && this.#translate(key);
  }
}

function accesses(): { id: string; name: string }[] {
  return readWorkspace()
    .nodes.filter(({ type }) => type === 'netmon-device-access')
    .map(({ id, name, protocol }) => ({ id, name: String(name || protocol) }));
}
