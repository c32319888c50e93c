import assert from 'node:assert/strict';
import { addressOf, keep, type Place, restored } from '../../nodes/elements/state/kept.ts';
import {
  first,
  pathOf,
  queryWith,
  type Route,
  routeOf,
  type Shown,
  shownIn,
} from '../../nodes/elements/state/route.ts';
import { hostile } from './samples.ts';

const port: Route = { page: 'port', device: 'core/1 ?&', interface: 'Gi1/0/1' };

describe('Routes of the dashboard', () => {
  it('are texts that lead back to them, whatever the names', () => {
    const routes: Route[] = [
      { page: 'overview' },
      port,
      { page: 'configurations' },
      { page: 'configurations', search: 'a/b ?&', isExpression: false },
      { page: 'configurations', search: '^a$', isExpression: true },
      { page: 'configuration', device: 'core/1' },
      { page: 'configuration', device: 'core/1', version: 7 },
      { page: 'configuration', device: 'core/1', version: 7, before: 3 },
      { page: 'configuration', device: 'core/1', version: 7, isWhole: true },
      { page: 'traffic' },
      {
        page: 'traffic',
        device: 'gw/1',
        interface: 'wan ?&',
        address: '2001:db8::7',
        at: 1_795_000,
      },
      { page: 'traffic', address: 'at' },
      { page: 'changes' },
      { page: 'changes', span: '6h' },
      { page: 'changes', alert: 'a/b ?&' },
      ...Object.values(hostile).map((device): Route => ({ page: 'device', device })),
    ];
    for (const route of routes) assert.deepEqual(routeOf(pathOf(route)), route);
  });

  it('are not read from anything else', () => {
    for (const text of [
      '',
      'status',
      'device',
      'device/',
      'port/a',
      'overview/x',
      'configurations/x',
      'traffic/x',
      'changes/2h',
      'changes/alert',
      'changes/alert/',
      'changes/alert/a/b',
      'changes/6h/x',
      'traffic/device',
      'traffic/device/',
      'traffic/at/noon',
      'traffic/page/status',
      'configurations/text/',
      'configuration',
      'configuration/a/b',
      'configuration/a/1/b',
      'configuration/a/1/2/3',
      '%',
      'device/%',
    ]) {
      assert.equal(routeOf(text), undefined, text);
    }
  });

  it('stand in a query beside what others have there', () => {
    const shown: Shown = { route: port, period: '7d', compare: 'yesterday' };
    const query = queryWith('?tab=3', shown);
    assert.match(query, /^\?tab=3&netmon=/);
    assert.deepEqual(shownIn(query, first), shown);
    assert.equal(queryWith(query, first), '?tab=3');
    assert.deepEqual(shownIn('?netmon=nonsense&period=99y', shown), shown);
  });

  it('of a link do not mix with what was shown before', () => {
    const before: Shown = { route: port, period: '7d', compare: 'yesterday' };
    const link = shownIn('?netmon=checks', before);
    assert.deepEqual(link, { route: { page: 'checks' }, period: '24h', compare: 'none' });
  });
});

describe('What the dashboard keeps', () => {
  const shown: Shown = { route: { page: 'alerts' }, period: '1h', compare: 'none' };

  function place(hash = ''): Place & { addresses: string[] } {
    const kept = new Map<string, string>();
    const addresses: string[] = [];
    return {
      addresses,
      location: { pathname: '/dashboard/network', search: '?x=1', hash },
      history: { state: { theirs: 1 }, replaceState: (_, __, url) => addresses.push(String(url)) },
      storage: {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => void kept.set(key, value),
      },
    };
  }

  it('is there again after a reload', () => {
    const here = place();
    keep(here, shown);
    assert.deepEqual(here.addresses, ['/dashboard/network?x=1&netmon=alerts&period=1h']);
    assert.deepEqual(restored(here), shown);
    assert.equal(addressOf(here, first), '/dashboard/network?x=1');
  });

  it('leaves the address alone where AngularJS routes by it', () => {
    const here = place('#!/2');
    keep(here, shown);
    assert.deepEqual(here.addresses, []);
    assert.deepEqual(restored(here), shown);
    assert.equal(addressOf(here, shown), '/dashboard/network?x=1#!/2');
  });

  it('is the overview where nothing may be kept', () => {
    const refuse = () => {
      throw new Error('refused');
    };
    const here = { ...place('#!/2'), storage: { getItem: refuse, setItem: refuse } };
    keep(here, shown);
    assert.deepEqual(restored(here), first);
  });
});
