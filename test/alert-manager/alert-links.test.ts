import assert from 'node:assert/strict';
import { AlertLinks } from '../../nodes/alert-manager/alert-links.ts';
import { AlertManager, type Changes } from '../../nodes/alert-manager/alert-manager.ts';
import { checkConfiguration } from '../../nodes/alert-manager/configuration.ts';
import type { Alert } from '../../nodes/contract/alert.ts';
import { FakeClock } from '../support/fake-clock.ts';

const path = '/netmon/alerts/manager';

function alert(fingerprint: string, device: string): Alert {
  return {
    ...{ name: 'Down', state: 'firing', severity: 'critical', metric: 'device_up', unit: '1' },
    ...{ labels: { device, room: 'a "b" \\c' }, value: 0, threshold: 1, startsAt: 1000 },
    ...{ summary: `${device} is down`, fingerprint },
  };
}

describe('AlertLinks', () => {
  const clock = new FakeClock({ date: Date.UTC(2026, 0, 1) });
  let manager: AlertManager;
  let links: AlertLinks;
  let told: Changes[];

  const make = () => {
    const now = { now: clock.steady(), date: clock.date() };
    const configuration = checkConfiguration('', { groupBy: 'alertname', groupWait: 0 });
    const texts = { all: 'Alerts', flapping: (summary: string) => summary };
    manager = new AlertManager({ configuration, texts, now });
    manager.take([alert('a1', 'core-1'), alert('b2', 'core-2')], now);
    told = [];
    links = new AlertLinks({
      ...{ manager, address: 'https://netmon.example.org/red', path, clock },
      translate: (key, params = {}) =>
        [key.replace(/^.*link\./, ''), ...Object.values(params)].join(' '),
      tell: (changes) => told.push(changes),
    });
  };
  beforeEach(make);

  async function open(address: string, form?: Record<string, string>) {
    const { pathname, searchParams } = new URL(address);
    assert.equal(pathname, `/red${path}`);
    const answer = await links.site().answer(path, {
      query: { token: searchParams.get('token') },
      accept: undefined,
      form: form && new URLSearchParams(form),
      signal: new AbortController().signal,
    });
    return { status: answer.status, text: [...answer.body].join('') };
  }
  const at = () => ({ now: clock.steady(), date: clock.date() });
  const listed = () =>
    manager.list(at()).map(({ fingerprint, status: { state, acknowledged } }) => {
      return [fingerprint, state, acknowledged?.by].filter(Boolean).join(' ');
    });

  it('acknowledges the alert that it is of, and the others of its group where that is ticked', async () => {
    const { a1 } = links.of([alert('a1', 'core-1')]);
    assert.match((await open(a1!.acknowledge)).text, /core-1 is down[^]*others 1/);
    await open(a1!.acknowledge, { by: 'Ada' });
    assert.deepEqual(listed(), ['a1 active Ada', 'b2 active']);
    assert.equal(told.length, 1);
    assert.match((await open(a1!.acknowledge)).text, /acknowledged Ada/);
    make();
    await open(links.of([alert('a1', 'core-1')]).a1!.acknowledge, { by: 'Ada', others: 'on' });
    assert.deepEqual(listed(), ['a1 active Ada', 'b2 active Ada']);
  });

  it('silences what has exactly its labels', async () => {
    await open(links.of([alert('a1', 'core-1')]).a1!.silence, { by: 'Ada', duration: '3600' });
    assert.deepEqual(listed(), ['a1 suppressed', 'b2 active']);
    const [silence] = manager.silences(at());
    assert.equal(silence!.endsAt - silence!.startsAt, 3_600_000);
    assert.equal(silence!.createdBy, 'Ada');
  });

  it('is none of what is resolved, and does nothing once its alert is', async () => {
    const { a1 } = links.of([alert('a1', 'core-1')]);
    assert.deepEqual(links.of([{ ...alert('a1', 'core-1'), state: 'resolved' }]), {});
    manager.take([{ ...alert('a1', 'core-1'), state: 'resolved', endsAt: 2000 }], at());
    assert.equal((await open(a1!.acknowledge, { by: 'Ada' })).status, 410);
  });

  it('works over a restart with the secret that was kept, and not with another', async () => {
    const { a1 } = links.of([alert('a1', 'core-1')]);
    const key = new Uint8Array(32).fill(7);
    for (const given of [key, undefined]) {
      const kept = links.kept(given);
      assert.equal(
        JSON.stringify(kept).includes(links.secret.toString('hex')),
        given === undefined,
      );
      make();
      assert.equal((await open(a1!.acknowledge)).status, 403);
      for (const wrong of [{}, { linkSecret: 'short' }, { sealedLinkSecret: 'AAAA' }]) {
        links.restore(wrong, given);
        assert.equal((await open(a1!.acknowledge)).status, 403);
      }
      // What is encrypted tells nobody anything who has another key, or none.
      if (given) {
        for (const other of [undefined, new Uint8Array(32)]) {
          links.restore(kept, other);
          assert.equal((await open(a1!.acknowledge)).status, 403);
        }
      }
      links.restore(kept, given);
      assert.equal((await open(a1!.acknowledge)).status, 200);
    }
    // One that was kept before Node-RED had a secret of its own is taken, and encrypted from then on.
    const plain = links.kept(undefined);
    make();
    links.restore(plain, key);
    assert.equal((await open(a1!.acknowledge)).status, 200);
    assert.deepEqual(Object.keys(links.kept(key)), ['sealedLinkSecret']);
  });
});
