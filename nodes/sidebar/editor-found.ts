import type { Translate } from '../shared/problem.ts';
import { element, icon } from './editor-element.ts';
import { isTickedAtFirst, portsTickedAtFirst, searchPorts, uptimeOf } from './found.ts';
import type { FoundDevice, FoundInterface } from './look.ts';
import type { WantedDevice } from './maker/devices.ts';

/** ports of a device that are shown at a time */
const portsShown = 100;

interface Entry {
  device: FoundDevice;
  tick: HTMLInputElement;
  /** names of the ticked ports */
  ports: Set<string>;
  item: HTMLElement;
  note: HTMLElement;
}

/** The devices that were found, with ticks for them and for their ports. */
export class FoundList {
  readonly element = element('ul', { class: 'netmon-found' });
  readonly #translate: Translate;
  readonly #changed: () => void;
  readonly #makeChart: (device: FoundDevice, port: string) => void;
  #entries: Entry[] = [];

  /**
   * @param changed called when a tick is set or taken away
   * @param makeChart what the button of a port does
   */
  constructor(
    translate: Translate,
    changed: () => void,
    makeChart: (device: FoundDevice, port: string) => void,
  ) {
    this.#translate = translate;
    this.#changed = changed;
    this.#makeChart = makeChart;
    this.element.setAttribute('aria-label', translate('sidebar.found.title'));
  }

  get size(): number {
    return this.#entries.length;
  }

  clear(): void {
    this.#entries = [];
    this.element.replaceChildren();
  }

  add(devices: readonly FoundDevice[]): void {
    for (const device of devices) {
      const entry = this.#entry(device);
      this.#entries.push(entry);
      this.element.append(entry.item);
    }
  }

  /** Once all were found: a single one is meant, whatever it tells. */
  complete(): void {
    for (const { device, tick } of this.#entries) {
      if (!tick.disabled) tick.checked ||= isTickedAtFirst(device, this.#entries.length);
    }
  }

  /** Marks the devices that are watched already, by their addresses. */
  markWatched(isWatched: (address: string) => boolean): void {
    for (const { device, tick, note } of this.#entries) {
      const known = isWatched(device.address);
      if (known) tick.checked = false;
      tick.disabled = known;
      note.hidden = !known;
    }
  }

  /** What is ticked. */
  chosen(): WantedDevice[] {
    return this.#entries
      .filter(({ tick, device }) => tick.checked && device.ways.length > 0)
      .map(({ device, ports }) => ({
        found: device,
        way: device.ways[0]!,
        ports: device.interfaces.map(({ name }) => name).filter((name) => ports.has(name)),
      }));
  }

  #entry(device: FoundDevice): Entry {
    const t = this.#translate;
    const tick = element('input', {
      type: 'checkbox',
      'aria-label': t('sidebar.found.watch', { name: device.name }),
      onchange: this.#changed,
    });
    tick.checked = isTickedAtFirst(device, Infinity);
    const ports = new Set(portsTickedAtFirst(device));
    const note = element(
      'span',
      { class: 'netmon-watched-note', hidden: true },
      t('sidebar.found.watched'),
    );
    const item = element(
      'li',
      {},
      tick,
      element(
        'div',
        {},
        element('div', { class: 'netmon-name' }, element('b', {}, device.name), note),
        element('div', { class: 'netmon-detail' }, this.#detail(device)),
        ...this.#ports(device, ports),
      ),
    );
    return { device, tick, ports, item, note };
  }

  #detail({ name, address, vendor, model, uptime, ways, interfaces }: FoundDevice): string {
    const t = this.#translate;
    const parts = [
      name !== address && address,
      [vendor, model].filter(Boolean).join(' '),
      uptime !== undefined && this.#uptime(uptime),
      // Else the interfaces say it.
      interfaces.length === 0 && ways[0] && t(`sidebar.made.access.${ways[0].protocol}`),
    ];
    return parts.filter(Boolean).join(' · ');
  }

  #uptime(seconds: number): string {
    const { key, count } = uptimeOf(seconds);
    return this.#translate(`sidebar.uptime.${key}`, { count: String(count) });
  }

  #ports(device: FoundDevice, ticked: Set<string>): HTMLElement[] {
    const { interfaces } = device;
    if (interfaces.length === 0) return [];
    const up = interfaces.filter(({ isUp }) => isUp).length;
    const counts = { count: String(interfaces.length), up: String(up) };
    const list = element('div', { class: 'netmon-ports', hidden: true });
    const sign = icon('angle-right');
    const toggle = element(
      'button',
      {
        type: 'button',
        class: 'netmon-toggle',
        'aria-expanded': 'false',
        onclick: () => {
          list.hidden = !list.hidden;
          toggle.setAttribute('aria-expanded', String(!list.hidden));
          sign.className = `fa fa-angle-${list.hidden ? 'right' : 'down'}`;
          if (list.childElementCount === 0) this.#fillPorts(list, device, ticked);
        },
      },
      sign,
      ` ${this.#translate('sidebar.found.interfaces', counts)}`,
    );
    return [toggle, list];
  }

  #fillPorts(list: HTMLElement, device: FoundDevice, ticked: Set<string>) {
    const t = this.#translate;
    const shown = element('ul');
    const rest = element('div', { class: 'netmon-detail' });
    const search = element('input', {
      type: 'text',
      placeholder: t('sidebar.found.search'),
      'aria-label': t('sidebar.found.search'),
      oninput: () => show(),
    });
    const uplinksOnly = element('input', { type: 'checkbox', onchange: () => show() });
    const show = () => {
      const wanted = { text: search.value, uplinksOnly: uplinksOnly.checked };
      const found = searchPorts(device.interfaces, wanted);
      shown.replaceChildren(
        ...found.slice(0, portsShown).map((port) => this.#port(device, port, ticked)),
      );
      const more = found.length - portsShown;
      rest.textContent = more > 0 ? t('sidebar.found.more', { count: String(more) }) : '';
    };
    list.append(
      element('p', { class: 'netmon-detail' }, t('sidebar.found.portsHint')),
      search,
      element('label', {}, uplinksOnly, ` ${t('sidebar.found.uplinks')}`),
      shown,
      rest,
    );
    show();
  }

  #port(device: FoundDevice, port: FoundInterface, ticked: Set<string>): HTMLElement {
    const t = this.#translate;
    const { name, alias, isUp, isSwitchedOff } = port;
    const state = isUp ? 'up' : isSwitchedOff ? 'off' : 'noLink';
    const tick = element('input', {
      type: 'checkbox',
      onchange: () => {
        if (tick.checked) ticked.add(name);
        else ticked.delete(name);
        this.#changed();
      },
    });
    tick.checked = ticked.has(name);
    const words = t(`sidebar.port.${state}`);
    return element(
      'li',
      {},
      element(
        'label',
        { title: [name, alias, words].filter(Boolean).join(', ') },
        tick,
        element('span', {
          class: `netmon-dot netmon-port-${state}`,
          role: 'img',
          'aria-label': words,
        }),
        element('span', {}, name),
        alias ? element('span', { class: 'netmon-detail' }, alias) : undefined,
      ),
      element(
        'button',
        {
          type: 'button',
          class: 'red-ui-button red-ui-button-small',
          title: t('sidebar.found.chart', { port: name }),
          'aria-label': t('sidebar.found.chart', { port: name }),
          onclick: () => this.#makeChart(device, name),
        },
        icon('line-chart'),
      ),
    );
  }
}
