import { errorText, type Translate } from '../shared/problem.ts';
import { element } from './editor-element.ts';
import type { Editor } from './editor-red.ts';
import { readWorkspace } from './editor-workspace.ts';
import { dashboardAddress } from './maker/dashboards.ts';

declare const RED: Editor;

const dashboard2 = '@flowfuse/node-red-dashboard';

/** Leads to the dashboard, or offers to install one. */
export class DashboardOffer {
  readonly element = element('div', { class: 'netmon-dashboard' });
  readonly #translate: Translate;
  #isInstalling = false;

  constructor(translate: Translate) {
    this.#translate = translate;
    RED.events.on('registry:node-type-added', () => this.refresh());
  }

  /** Looks anew at what is installed and made. */
  refresh(): void {
    if (this.#isInstalling) return;
    if (!isInstalled()) this.element.replaceChildren(...this.#offer());
    else void this.#lead();
  }

  async #lead() {
    const address = dashboardAddress(readWorkspace().nodes);
    const url = address && (await urlOf(address));
    this.element.replaceChildren(
      ...(url === undefined || RED.nodes.dirty()
        ? []
        : [
            element(
              'a',
              { class: 'red-ui-button netmon-open', href: url, target: 'netmon-dashboard' },
              this.#translate('sidebar.dashboard.open'),
            ),
          ]),
    );
  }

  #offer(): HTMLElement[] {
    const t = this.#translate;
    const words = element('p', {}, t('sidebar.dashboard.none'));
    const isAllowed =
      RED.user.hasPermission('nodes.write') &&
      RED.settings.get('externalModules.palette.allowInstall', true) &&
      RED.settings.theme('palette.editable', true);
    if (!isAllowed) {
      return [words, element('p', {}, t('sidebar.dashboard.notAllowed', { name: dashboard2 }))];
    }
    const install = element(
      'button',
      { type: 'button', class: 'red-ui-button', onclick: () => void this.#install() },
      t('sidebar.dashboard.install'),
    );
    return [words, install];
  }

  async #install() {
    const t = this.#translate;
    this.#isInstalling = true;
    const told = element('p', { role: 'status' }, t('sidebar.dashboard.installing'));
    this.element.replaceChildren(element('progress', { 'aria-label': told.textContent }), told);
    try {
      await new Promise<void>((resolve, reject) => {
        void $.ajax({
          url: 'nodes',
          method: 'POST',
          contentType: 'application/json',
          data: JSON.stringify({ module: dashboard2 }),
        })
          .done(() => resolve())
          .fail(({ responseJSON, statusText }) => {
            const { message } = (responseJSON ?? {}) as { message?: string };
            reject(new Error(message ?? statusText));
          });
      });
      this.#isInstalling = false;
      this.refresh();
    } catch (error) {
      this.#isInstalling = false;
      const reason = errorText(error, t);
      this.element.replaceChildren(
        ...this.#offer(),
        element(
          'div',
          { class: 'netmon-trouble', role: 'alert' },
          t('sidebar.dashboard.failed', { reason, name: dashboard2 }),
        ),
      );
    }
  }
}

/** Whether widgets can be made. */
export function isInstalled(): boolean {
  return ['ui-chart', 'ui_chart'].some((type) => Boolean(RED.nodes.getType(type)));
}

async function urlOf(address: { path: string } | 'dashboard-1'): Promise<string | undefined> {
  const root = RED.settings.get('httpNodeRoot', '/') as unknown;
  // Without it Node-RED serves no addresses of nodes at all.
  if (typeof root !== 'string') return undefined;
  const path = address === 'dashboard-1' ? await oldPath() : address.path;
  return `/${root}/${path}`.replace(/\/+/g, '/');
}

// node-red-dashboard tells by a route of its own where it was put.
function oldPath(): Promise<string> {
  return new Promise((resolve) => {
    void $.getJSON('uisettings')
      .done(({ path }: { path?: string }) => resolve(path ?? 'ui'))
      .fail(() => resolve('ui'));
  });
}
