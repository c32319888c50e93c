import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { startTokenPeer, type TokenPeer } from '../shared/mail/token-peer.ts';
import { keepFailure, openBrowser } from '../support/browser.ts';
import { Editor } from '../support/editor.ts';
import { Red } from '../support/red.ts';

describe('the dialog of a mail server', function () {
  this.timeout(120_000);
  let red: Red;
  let browser: Browser;
  let page: Page;
  let editor: Editor;
  let tokens: TokenPeer;

  before(async function () {
    browser = await openBrowser(this);
    red = await Red.start();
    const code = {
      ...{ device_code: 'd', user_code: 'ABCD-EFGH', expires_in: 900, interval: 1 },
      verification_uri: 'https://login.example/device',
    };
    tokens = await startTokenPeer(({ path }, count) => {
      if (path.endsWith('/devicecode')) return { body: code };
      if (count === 1) return { status: 400, body: { error: 'authorization_pending' } };
      return { body: { access_token: 't', refresh_token: 'refreshed' } };
    });
  });

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    editor = await Editor.open(page, red.url);
    await editor.openConfigDialog('netmon-smtp-server');
  });

  afterEach(async function () {
    await keepFailure(this, page, red);
    assert.deepEqual(editor.faults, []);
    await page.close();
  });

  after(async () => {
    await browser?.close();
    await red?.stop();
    await tokens?.close();
  });

  const field = (name: string) => page.locator(`#node-config-input-${name}`);
  const logins = ['password', 'tenant', 'clientId', 'clientSecret', 'refreshToken', 'serviceKey'];

  it('shows what a login needs', async () => {
    const shown = async (login: string) => {
      await field('login').selectOption(login);
      const visible = await Promise.all(logins.map((name) => field(name).isVisible()));
      return logins.filter((_, i) => visible[i]).join(' ');
    };
    assert.equal(await shown('microsoftApp'), 'tenant clientId clientSecret');
    assert.equal(await shown('microsoftUser'), 'tenant clientId refreshToken');
    assert.equal(await shown('googleUser'), 'clientId clientSecret refreshToken');
    assert.equal(await shown('googleService'), 'serviceKey');
    assert.equal(await shown('password'), 'password');
  });

  it('signs a person in by a code', async () => {
    await field('login').selectOption('microsoftUser');
    await field('clientId').fill('c');
    await field('tokenServer').fill(tokens.origin);
    await page.locator('#netmon-sign-in').click();
    const result = page.locator('#netmon-sign-in-result');
    await result.locator('a[href="https://login.example/device"]').waitFor();
    assert.equal(
      await result.textContent(),
      'Open https://login.example/device and type in ABCD-EFGH',
    );
    await result.getByText('Signed in. Deploy to keep it.').waitFor();
    assert.equal(await field('refreshToken').inputValue(), 'refreshed');
  });

  it('says what is missing', async () => {
    await field('login').selectOption('microsoftUser');
    await page.locator('#netmon-sign-in').click();
    const trouble = page.locator('#netmon-sign-in-result .netmon-trouble');
    await trouble.waitFor();
    assert.match((await trouble.textContent())!, /^Client ID/);
  });
});
