import assert from 'node:assert/strict';
import { LinkSigner } from '../../nodes/alert-manager/action-link.ts';
import { ActionSite } from '../../nodes/alert-manager/action-site.ts';
import type { LinkedAlert } from '../../nodes/alert-manager/linked-alert.ts';
import type { Alert } from '../../nodes/contract/alert.ts';
import { FakeClock } from '../support/fake-clock.ts';

const hostile = '"><img src=x onerror=alert(1)>{{title}}';
const alert: Alert = {
  ...{ name: 'Device down', state: 'firing', severity: 'critical', metric: 'device_up' },
  ...{ labels: { device: hostile }, unit: '1', value: 0, threshold: 1 },
  ...{ summary: `${hostile} is down`, startsAt: 1000, fingerprint: '0123456789abcdef' },
};

describe('ActionSite', () => {
  let clock: FakeClock;
  let signer: LinkSigner;
  let linked: LinkedAlert | undefined;
  let done: unknown[];
  let site: ActionSite;

  beforeEach(() => {
    clock = new FakeClock();
    signer = new LinkSigner(Buffer.alloc(32, 7));
    linked = { alert, others: 2 };
    done = [];
    const translate = (key: string, params = {}) =>
      [key.replace('alert-manager.link.', ''), ...Object.values(params)].join(' ');
    const alerts = {
      find: (fingerprint: string) => (fingerprint === alert.fingerprint ? linked : undefined),
      acknowledge(_: Alert, by: string, comment: string, withOthers: boolean) {
        done.push({ by, comment, withOthers });
        linked = { alert, others: 2, acknowledged: { by, at: clock.date() } };
      },
      silence(_: Alert, by: string, comment: string, duration: number) {
        done.push({ by, comment, duration });
        linked = { alert, others: 2, silencedUntil: clock.date() + duration * 1000 };
      },
    };
    site = new ActionSite('/netmon/alert', { alerts, signer: () => signer, clock, translate });
  });

  const token = (action: 'acknowledge' | 'silence', startsAt = alert.startsAt) =>
    signer.sign({
      action,
      fingerprint: alert.fingerprint,
      startsAt,
      expiresAt: clock.date() + 1000,
    });

  async function ask(of: string, form?: Record<string, string>) {
    const answer = await site.answer('/netmon/alert', {
      query: { token: of },
      accept: undefined,
      caller: '192.0.2.1',
      form: form && new URLSearchParams(form),
      signal: new AbortController().signal,
    });
    return { ...answer, text: [...answer.body].join('') };
  }

  it('changes nothing when a page is opened, and has what devices say as text', async () => {
    const { status, text, headers } = await ask(token('acknowledge'));
    assert.equal(status, 200);
    assert.deepEqual(done, []);
    assert.ok(!text.includes('<img') && text.includes('&lt;img'));
    assert.match(text, /others 2/);
    assert.match(headers?.['Content-Security-Policy'] ?? '', /default-src 'none'/);
    assert.equal(headers?.['Referrer-Policy'], 'no-referrer');
  });

  it('acknowledges by the button, and then says who did', async () => {
    const link = token('acknowledge');
    const { status, headers } = await ask(link, { by: ' Ada\r\n', comment: 'on it', others: 'on' });
    assert.equal(status, 303);
    assert.equal(headers?.Location, `?token=${link}`);
    assert.deepEqual(done, [{ by: 'Ada', comment: 'on it', withOthers: true }]);
    const { text } = await ask(link);
    assert.match(text, /acknowledged Ada/);
    assert.ok(!text.includes('<form'));
  });

  it('does nothing twice', async () => {
    const link = token('acknowledge');
    await ask(link, { by: 'Ada' });
    assert.equal((await ask(link, { by: 'Eve' })).status, 200);
    assert.equal(done.length, 1);
  });

  it('silences for one of the times that it offers', async () => {
    await ask(token('silence'), { by: 'Ada', duration: '14400' });
    linked = { alert, others: 0 };
    await ask(token('silence'), { duration: '1e9', others: 'on' });
    assert.deepEqual(done, [
      { by: 'Ada', comment: '', duration: 14_400 },
      { by: 'someone', comment: '', duration: 3600 },
    ]);
  });

  it('lets an acknowledging link do nothing else', async () => {
    const forged = token('acknowledge').replace('acknowledge', 'silence');
    assert.equal((await ask(forged, {})).status, 403);
    assert.deepEqual(done, []);
  });

  it('says that a link has expired, is forged, or of an alert that is over', async () => {
    const [old, other] = [token('acknowledge'), token('acknowledge', 999)];
    assert.equal((await ask(other, {})).status, 410);
    clock.advance(1000);
    assert.match((await ask(old, {})).text, /expired\.title/);
    assert.match((await ask('x', {})).text, /forged\.title/);
    linked = undefined;
    assert.match((await ask(token('silence'), {})).text, /over\.title/);
    assert.deepEqual(done, []);
  });

  it('lets an address ask sixty times a minute', async () => {
    for (let i = 0; i < 60; i++) assert.equal((await ask('x')).status, 403);
    const { status, headers } = await ask(token('acknowledge'), {});
    assert.equal(status, 429);
    assert.equal(headers?.['Retry-After'], '60');
    assert.deepEqual(done, []);
  });
});
