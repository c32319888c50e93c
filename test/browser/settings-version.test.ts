import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { defaults as accessDefaults } from '../../nodes/device-access/config.ts';
import { hostSettings } from '../../nodes/host-metrics/config.ts';
import { publishedExamples } from '../compatibility/published.ts';
import { keepFailure, openBrowser } from '../support/browser.ts';
import { Editor } from '../support/editor.ts';
import { Red } from '../support/red.ts';

type FlowNode = Record<string, unknown>;

// What runs in the page sees the editor's own API.
declare const RED: {
  nodes: { node: (id: string) => FlowNode; filterNodes: (filter: object) => FlowNode[] };
};

// Those of 0.1.0 have no version.
const access = {
  ...accessDefaults,
  version: undefined,
  id: 'access',
  type: 'netmon-device-access',
  protocol: 'http-check',
  url: 'https://{address}/',
  // As JSONata it would be a slip.
  jsonCondition: 'state = all well',
};
const host = {
  ...hostSettings.defaults,
  version: undefined,
  id: 'host',
  type: 'netmon-host-metrics',
  interval: 0,
  x: 200,
  y: 100,
  wires: [[]],
};

describe('a dialog of settings that another version of Netmon saved', function () {
  this.timeout(120_000);
  let red: Red;
  let browser: Browser;
  let page: Page;
  let editor: Editor;

  before(async function () {
    browser = await openBrowser(this);
    red = await Red.start();
  });

  async function open(...nodes: FlowNode[]): Promise<void> {
    await red.deploy(nodes);
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    editor = await Editor.open(page, red.url);
  }

  afterEach(async function () {
    await keepFailure(this, page, red);
    assert.deepEqual(editor.faults, []);
    await page.close();
  });

  after(async () => {
    await browser?.close();
    await red?.stop();
  });

  async function deployed(id: string): Promise<FlowNode> {
    await editor.deploy();
    const flows = (await red.json('/flows')) as FlowNode[];
    return flows.find((node) => node.id === id)!;
  }

  it('marks nothing of the examples of 0.1.0', async () => {
    const examples = [...(await publishedExamples('0.1.0')).values()].flat();
    const isOurs = ({ type }: FlowNode) => /^(tab$|netmon-)/.test(String(type));
    await open(...examples.filter(isOurs).map((node) => ({ ...node, d: true })));
    assert.ok((await page.evaluate(() => RED.nodes.filterNodes({}).length)) > 50);
    assert.deepEqual(await editor.invalidNodes(), []);
  });

  it('has them as they are now, and keeps them so with OK alone', async () => {
    await open(access, host);
    assert.deepEqual(await editor.invalidNodes(), []);
    await editor.openConfigDialog('netmon-device-access', 'access');
    const condition = page.locator('#node-config-input-jsonCondition');
    assert.equal(await condition.inputValue(), 'state = "all well"');
    await editor.closeDialog('cancel');
    await editor.openConfigDialog('netmon-device-access', 'access');
    assert.equal(await condition.inputValue(), 'state = "all well"');
    await editor.closeDialog('ok');
    assert.deepEqual(await editor.invalidNodes(), []);
    const { jsonCondition, version } = await deployed('access');
    assert.deepEqual(
      { jsonCondition, version },
      { jsonCondition: 'state = "all well"', version: 2 },
    );
  });

  it('changes nothing by OK where nothing is another now', async () => {
    await open(access, host);
    await editor.openDialog('host');
    await editor.closeDialog('ok');
    await page.locator('#red-ui-header-button-deploy.disabled').waitFor();
  });

  it('has the usual for settings that came later, tables and all, and saves that with OK', async () => {
    const place = { x: 200, y: 100, wires: [[]] };
    await open(
      {
        ...place,
        id: 'mail',
        type: 'netmon-email-alert',
        from: 'n@example.org',
        to: 'a@example.org',
      },
      { ...place, id: 'manager', type: 'netmon-alert-manager', y: 300 },
    );
    const wrong = page.locator('.red-ui-tray .input-error:not(.red-ui-typedInput-input)');
    await editor.openDialog('mail');
    assert.equal(await page.locator('#node-input-perHour').inputValue(), '30');
    await editor.closeDialog('ok');
    const perHour = await page.evaluate(() => RED.nodes.node('mail').perHour);
    assert.equal(Number(perHour), 30);
    await editor.openDialog('manager');
    assert.equal(await page.locator('#node-input-groupWait').inputValue(), '30');
    assert.equal(await page.locator('#netmon-alert-inhibitions [data-column=source]').count(), 1);
    assert.equal(await wrong.count(), 0);
    await editor.closeDialog('cancel');
  });

  it('says of what a later Netmon saved that it is from there, and keeps its version', async () => {
    await open({ ...access, version: 99 }, host);
    assert.match((await editor.invalidNodes()).join(), /^netmon-device-access .*later Netmon/);
    await editor.openConfigDialog('netmon-device-access', 'access');
    await page.locator('#node-config-input-name').fill('web');
    await editor.closeDialog('ok');
    const kept = await page.evaluate(() => {
      const { name, version } = RED.nodes.node('access');
      return { name, version };
    });
    assert.deepEqual(kept, { name: 'web', version: 99 });
  });
});
