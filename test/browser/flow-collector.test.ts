import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Browser, Page } from 'playwright-core';
import { flowSettings } from '../../nodes/flow-collector/config.ts';
import { keepFailure, openBrowser } from '../support/browser.ts';
import { Editor } from '../support/editor.ts';
import { v5 } from '../support/flow-datagrams.ts';
import { Red } from '../support/red.ts';

describe('the dialog of a flow collector', function () {
  this.timeout(180_000);
  let red: Red;
  let browser: Browser;
  let page: Page;
  let editor: Editor;

  before(async function () {
    browser = await openBrowser(this);
    red = await Red.start();
  });

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    editor = await Editor.open(page, red.url);
  });

  afterEach(async function () {
    await keepFailure(this, page, red);
    assert.deepEqual(editor.faults, []);
    await page.close();
  });

  after(async () => {
    await browser?.close();
    await red?.stop();
  });

  const heard = () => page.locator('#netmon-flow-heard');
  const take = () => heard().getByRole('button', { name: 'Take' });
  const addresses = () =>
    page
      .locator('#netmon-flow-exporters input')
      .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));

  /** Presses "Show" until it shows that. */
  async function showUntil(text: RegExp): Promise<void> {
    const found = heard().getByText(text);
    while (!(await found.first().isVisible())) {
      await page.locator('#netmon-flow-refresh').click();
      await found
        .first()
        .waitFor({ timeout: 2000 })
        .catch(() => {});
    }
  }

  it('shows who sends, and takes one into its list by one press', async () => {
    const probe = createSocket('udp4').bind(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address();
    probe.close();
    const collector = {
      ...flowSettings.defaults,
      ...{ id: 'flows', type: 'netmon-flow-collector', x: 300, y: 100, wires: [[], []] },
      ...{ listenPorts: String(port), listenOn: '127.0.0.1' },
    };
    await red.deploy([collector]);
    await page.reload();
    await page.locator('#red-ui-loading-progress').waitFor({ state: 'hidden' });
    await editor.openDialog('flows');
    await showUntil(/Nothing has come yet/);

    const flow = { source: '10.0.0.7', destination: '192.0.2.1', packets: 10, octets: 5000 };
    const sender = createSocket('udp4');
    const sending = setInterval(() => sender.send(v5([flow]), port, '127.0.0.1'), 200);
    try {
      await showUntil(/not in the list; datagrams: \d/);
      await take().click();
      assert.equal((await addresses()).filter((text) => text === '127.0.0.1').length, 1);
      assert.equal(await take().isDisabled(), true);
      // What is there already is not put there twice.
      await page.locator('#netmon-flow-refresh').click();
      await heard().locator('button:enabled').click();
      assert.equal((await addresses()).filter((text) => text === '127.0.0.1').length, 1);

      await editor.closeDialog('ok');
      await editor.deploy();
      await editor.openDialog('flows');
      await showUntil(/NetFlow v5, [\d,]+ flows, sampled 1 in 1, 0 lost/);
      assert.equal(await take().count(), 0);
    } finally {
      clearInterval(sending);
      sender.close();
    }
    const flows = (await red.json('/flows')) as { id: string; exporters?: object[] }[];
    const { exporters } = flows.find(({ id }) => id === 'flows')!;
    assert.deepEqual(exporters, [{ address: '127.0.0.1' }]);
    assert.deepEqual(await editor.invalidNodes(), []);
  });

  it('says that the node is to be deployed first', async () => {
    await editor.openDialog(await editor.drag('netmon-flow-collector', { x: 500, y: 300 }));
    await page.locator('#netmon-flow-refresh').click();
    const trouble = heard().locator('.netmon-trouble');
    await trouble.waitFor();
    assert.equal(await trouble.textContent(), 'deploy the flow collector first');
  });
});
