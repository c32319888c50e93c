import { dirname, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { exampleFiles } from '../../scripts/example-flows.ts';
import { root } from './red.ts';

// What runs in the page sees the editor's own API.
interface EditorNode {
  type: string;
  name?: string;
  valid: boolean;
  validationErrors?: unknown[];
}
declare const RED: {
  nodes: Record<'eachNode' | 'eachConfig', (visit: (node: EditorNode) => void) => void>;
  editor: { editConfig: (name: string, type: string, id: string) => void };
};

/** Node-RED's editor in a browser, used as people do: with mouse and keyboard. */
export class Editor {
  readonly page: Page;
  /** what went wrong in the page's scripts */
  readonly faults: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', ({ stack = '', message }) => {
      if (!isNodeRedsOwn(stack)) this.faults.push(stack || message);
    });
  }

  /** Opens the editor; resolves once the palette is there. */
  static async open(page: Page, url: string): Promise<Editor> {
    page.setDefaultTimeout(30_000);
    const editor = new Editor(page);
    await page.goto(url);
    await page.locator('.red-ui-palette-node').first().waitFor();
    await page.locator('#red-ui-loading-progress').waitFor({ state: 'hidden' });
    return editor;
  }

  /** Installs a packed package as a file, through "Manage palette"; waits for a node of it. */
  async installPackage(file: string, type: string): Promise<void> {
    await this.#chooseFromMenu('menu-item-edit-palette');
    await this.page.locator('#red-ui-tab-install a').click();
    await this.page.locator('#red-ui-palette-editor-upload-form input').setInputFiles(file);
    await this.page.locator('.red-ui-palette-editor-upload .primary').click();
    await this.#paletteNode(type).waitFor({ state: 'attached', timeout: 120_000 });
    await this.closeDialog('ok');
  }

  /** Imports an example of Netmon through the Import dialog, and opens its tab. */
  async importExample(name: string): Promise<void> {
    const tabs = this.page.locator('#red-ui-workspace-tabs > li');
    const before = await tabs.count();
    await this.#chooseFromMenu('menu-item-import');
    const dialog = this.page.locator('#red-ui-clipboard-dialog').locator('..');
    await dialog.locator('[id$="import-tab-examples"] > a').click();
    const entry = (text: string) =>
      dialog
        .locator('.red-ui-treeList-label')
        .filter({ has: this.page.getByText(text, { exact: true }) });
    await entry('@netmon/node-red-netmon').click();
    const folder = dirname(exampleFiles(join(root, 'examples')).get(name)!);
    // The list slides open, and a click on its way goes elsewhere.
    while (!(await entry(name).isVisible())) {
      await entry(folder).click();
      await entry(name)
        .waitFor({ timeout: 2000 })
        .catch(() => {});
    }
    const ok = dialog.locator('#red-ui-clipboard-dialog-ok');
    while (!(await ok.isEnabled())) {
      await entry(name).click();
      await ok.click({ trial: true, timeout: 2000 }).catch(() => {});
    }
    await dialog.locator('#red-ui-clipboard-dialog-import-opt-new').click();
    await ok.click();
    await dialog.waitFor({ state: 'hidden' });
    await tabs.nth(before).waitFor();
    await tabs.last().click();
  }

  /** The words on a node in the palette. */
  async paletteLabel(type: string): Promise<string> {
    return (await this.#paletteNode(type).getAttribute('data-palette-label')) ?? '';
  }

  /** Drags a node from the palette to a place of the workspace; resolves with its id. */
  async drag(type: string, at: { x: number; y: number }): Promise<string> {
    const before = await this.page
      .locator('g.red-ui-flow-node-group')
      .evaluateAll((all) => all.map((node) => node.id));
    await this.page.locator('#red-ui-palette-search input').fill(type);
    const workspace = (await this.page.locator('#red-ui-workspace-chart').boundingBox())!;
    // The palette may move under the mouse, which then takes nothing along.
    for (;;) {
      await this.#paletteNode(type).hover();
      await this.page.mouse.down();
      await this.page.mouse.move(workspace.x + at.x, workspace.y + at.y, { steps: 8 });
      await this.page.mouse.up();
      const added = await this.#addedTo(before);
      if (added !== undefined) return added;
    }
  }

  // By its id: a node that was deleted a moment ago may still be among those before.
  async #addedTo(before: readonly string[]): Promise<string | undefined> {
    const find = (known: readonly string[]) => {
      const nodes = [...document.querySelectorAll('g.red-ui-flow-node-group')];
      return nodes.map((node) => node.id).find((id) => !known.includes(id));
    };
    const added = await this.page
      .waitForFunction(find, before, { timeout: 5000 })
      .catch(() => undefined);
    return added?.jsonValue();
  }

  /** Wires an output of a node to the input of another. */
  async wire(from: string, to: string, output = 0): Promise<void> {
    const links = this.page.locator('.red-ui-flow-link-line');
    const before = await links.count();
    await this.page.locator(`[id="${from}"] .red-ui-flow-port-output`).nth(output).hover();
    await this.page.mouse.down();
    await this.page.locator(`[id="${to}"] .red-ui-flow-port-input`).hover();
    await this.page.mouse.up();
    // A level line has no height, so it counts as hidden.
    await links.nth(before).waitFor({ state: 'attached' });
  }

  /** The id of the node of that name on the tab that is open. */
  async nodeNamed(name: string): Promise<string> {
    const label = this.page.getByText(name, { exact: true });
    return this.page
      .locator('g.red-ui-flow-node-group', { has: label })
      .first()
      .evaluate((g) => g.id);
  }

  /** The nodes that the editor marks as not properly set up, with its reasons. */
  async invalidNodes(): Promise<string[]> {
    return this.page.evaluate(() => {
      const found: string[] = [];
      const look = ({ type, name, valid, validationErrors }: EditorNode) => {
        if (!valid) found.push(`${type} "${name ?? ''}": ${(validationErrors ?? []).join(', ')}`);
      };
      RED.nodes.eachNode(look);
      RED.nodes.eachConfig(look);
      return found;
    });
  }

  /** Opens a node's dialog; resolves once it is filled and at its place. */
  async openDialog(id: string): Promise<void> {
    // Not its whole group: a long status moves that one's middle beside the node.
    const node = this.page.locator(`[id="${id}"] rect.red-ui-flow-node`);
    const cancel = this.#dialog.locator('[id$="-dialog-cancel"]');
    // On a busy machine the editor takes two clicks that came too far apart for two single ones.
    for (let tries = 0; tries < 5 && !(await cancel.isVisible()); tries++) {
      await node.dblclick();
      await cancel.waitFor({ timeout: 3000 }).catch(() => {});
    }
    await this.#dialogRests();
  }

  /** Opens the dialog of a config node: of a new one without an id. */
  async openConfigDialog(type: string, id = '_ADD_'): Promise<void> {
    const node = [type, id] as const;
    await this.page.evaluate(([type, id]) => RED.editor.editConfig('', type, id), node);
    await this.#dialogRests();
  }

  /** All words that the open dialog shows, its placeholders and hints too. */
  async dialogWords(): Promise<string> {
    return this.#dialog.evaluate((dialog) => {
      const attributes = ['placeholder', 'title', 'aria-label'];
      const hidden = [...dialog.querySelectorAll('*')].flatMap((element) =>
        attributes.map((name) => element.getAttribute(name) ?? ''),
      );
      return [dialog.textContent, ...hidden].join('\n');
    });
  }

  /** The catalogue keys of elements in the open dialog that show no word: none has such a text. */
  async wordlessKeys(): Promise<string[]> {
    return this.#dialog.locator('[data-i18n]').evaluateAll((elements) =>
      elements
        .filter((element) => element.textContent.trim() === '')
        .map((element) => element.getAttribute('data-i18n') ?? '')
        .filter((key) => !key.startsWith('[')),
    );
  }

  /** Closes the dialog by "Done" or "Cancel"; one below it comes back. */
  async closeDialog(button: 'ok' | 'cancel'): Promise<void> {
    const closing = await this.#dialog.elementHandle();
    await this.#dialog.locator(`[id$="-dialog-${button}"]`).click();
    await this.page.waitForFunction((dialog) => !dialog?.isConnected, closing);
    if ((await this.#dialog.count()) > 0) await this.#dialogRests();
  }

  async #chooseFromMenu(item: string) {
    await this.page.locator('#red-ui-header-button-sidemenu').click();
    await this.page.locator(`#${item}`).click();
  }

  #paletteNode(type: string): Locator {
    return this.page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`);
  }

  get #dialog(): Locator {
    return this.page.locator('.red-ui-tray').last();
  }

  // A dialog slides in.
  async #dialogRests() {
    await this.#dialog.locator('[id$="-dialog-cancel"]').waitFor();
    const element = await this.#dialog.elementHandle();
    await element?.waitForElementState('stable');
  }

  /** Deploys and waits for the word that it is done. */
  async deploy(): Promise<void> {
    // The button is disabled as soon as it is clicked.
    const stored = this.page.waitForResponse(
      (response) => response.request().method() === 'POST' && response.url().endsWith('/flows'),
    );
    await this.page.locator('#red-ui-header-button-deploy').click();
    await stored;
    await this.page.locator('#red-ui-header-button-deploy.disabled').waitFor();
  }
}

// Its tips fail now and then while the editor of a busy machine loads: no script of a node is on the way.
function isNodeRedsOwn(stack: string): boolean {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return frames.length > 0 && frames.every((frame) => /\/(red|vendor)\/[\w./-]+\.js/.test(frame));
}
