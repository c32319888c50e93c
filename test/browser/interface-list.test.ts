import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { defaults as newAccess } from '../../nodes/device-access/config.ts';
import { defaults as newPoll } from '../../nodes/device-poll/config.ts';
import { ifMib } from '../../nodes/protocols/if-mib/if-mib.ts';
import { keepFailure, openBrowser } from '../support/browser.ts';
import { Editor } from '../support/editor.ts';
import { Red } from '../support/red.ts';
import { closeAgents, type FakeAgent, listen } from '../support/snmp-agent.ts';
import type { Mib } from '../support/snmp-mib.ts';

/** A switch of five ports, the last of them faster than the others. */
function ports(): Mib {
  const mib: Mib = {};
  ['Gi0/1', 'Gi0/2', 'Gi0/3', 'Gi0/4', 'Te0/1'].forEach((name, i) => {
    mib[`${ifMib.ifName}.${i + 1}`] = name;
    mib[`${ifMib.ifHighSpeed}.${i + 1}`] = name.startsWith('Te') ? 10_000 : 1000;
    mib[`${ifMib.ifHCInOctets}.${i + 1}`] = 1n;
  });
  mib[`${ifMib.ifAlias}.2`] = 'AP lobby';
  return mib;
}

describe('the list of interfaces', function () {
  this.timeout(120_000);
  let red: Red;
  let browser: Browser;
  let page: Page;
  let agent: FakeAgent;

  before(async function () {
    browser = await openBrowser(this);
    agent = await listen(ports());
    red = await Red.start();
  });

  afterEach(async function () {
    await keepFailure(this, page, red);
  });

  after(async () => {
    closeAgents();
    await browser?.close();
    await red?.stop();
  });

  it('is one click from device poll, is searched, and chooses the uplinks', async () => {
    const devices = [{ name: '', address: agent.address, labels: {} }];
    await red.deploy([
      {
        ...{ ...newPoll, id: 'poll', type: 'netmon-device-poll', x: 200, y: 100 },
        ...{ devices, access: 'access', interval: 0, wires: [[]] },
      },
      {
        ...{ ...newAccess, id: 'access', type: 'netmon-device-access' },
        credentials: { secret: 'public' },
      },
    ]);
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const editor = await Editor.open(page, red.url);
    await editor.openDialog('poll');
    await page.locator('#netmon-poll-interfaces').click();

    const shown = page.locator('.netmon-list tbody tr:visible');
    await shown.first().waitFor();
    const names = () => shown.locator('label').allInnerTexts();
    assert.equal((await names()).length, 5);
    await page.locator('.netmon-found input[type=text]').fill('lobby');
    assert.deepEqual(await names(), ['Gi0/2']);
    await page.locator('.netmon-found input[type=text]').fill('');
    await page.locator('.netmon-found input[type=checkbox]').check();
    assert.deepEqual(await names(), ['Te0/1']);
    await page.locator('.netmon-found button').click();
    assert.equal(await page.locator('#node-config-input-interfaceNames').inputValue(), 'Te0/1');
    assert.match(await page.locator('#netmon-access-found').innerText(), /1 of 5 interfaces/);
    await editor.closeDialog('cancel');
    await editor.closeDialog('cancel');
    assert.deepEqual(editor.faults, []);
  });
});
