import assert from 'node:assert/strict';
import type { Alert } from '../../nodes/contract/alert.ts';
import { compose, inOrder } from '../../nodes/email-alert/compose.ts';
import { checkSettings, defaults } from '../../nodes/email-alert/config.ts';
import { metricPictures, mostPictures } from '../../nodes/email-alert/metric-pictures.ts';
import type { History } from '../../nodes/shared/history/history.ts';
import { catalogue } from '../support/catalogue.ts';
import { alert, start } from './alerts.ts';

type Read = History['read'];
const never = new AbortController().signal;

/** A history that has a series with these labels for whatever is asked, and what it was asked. */
function history(...labels: Record<string, string>[]) {
  const asked: Parameters<Read>[0][] = [];
  const read: Read = async (query) => {
    asked.push(query);
    const column = () => new Float64Array(query.edges!.length - 1).fill(7);
    const columns = { average: column(), min: column(), max: column() };
    const times = query.edges!.slice(0, -1);
    const series = labels.map((own) => ({
      ...{ metric: query.metrics, labels: own, unit: '%', info: undefined, times, columns },
    }));
    return { series, omitted: 0 };
  };
  return { read, asked };
}

describe('metricPictures', () => {
  const draw = (alerts: ReturnType<typeof alert>[], from: Pick<History, 'read'>) =>
    metricPictures(alerts, from, '<1@x>', start, never);

  it('asks for the last 24 hours of the series of the alert, in steps of 5 minutes', async () => {
    const labels = { device: 'core-1', disk: 'C:\\"' };
    const from = history(labels);
    const pictures = await draw([alert({ labels })], from);
    const { metrics, labels: matchers, edges, to, aggregations } = from.asked[0]!;
    assert.equal(metrics, 'cpu_usage');
    assert.equal(matchers, 'device="core-1", disk="C:\\\\\\""');
    assert.deepEqual(aggregations, ['average', 'min', 'max']);
    assert.deepEqual([edges!.length, edges!.at(-1)! - edges![0]!], [289, 86_400_000]);
    assert.ok(to <= edges!.at(-1)! && to > edges!.at(-2)!);
    const { png, cid } = pictures.get('f1')!;
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    assert.match(cid, /^[0-9a-f]{24}\.0@netmon$/);
  });

  it('draws a series once, and not more than fit into a mail', async () => {
    const from = history({ device: 'core-1' });
    const both = await draw([alert(), alert({ fingerprint: 'f2' })], from);
    assert.equal(both.get('f1'), both.get('f2'));
    assert.equal(from.asked.length, 1);
    const many = Array.from({ length: 20 }, (_, i) =>
      alert({ fingerprint: `f${i}`, labels: { device: `d${i}` } }),
    );
    assert.equal((await draw(many, from)).size, mostPictures);
  });

  it('draws nothing that is not there or may be another series', async () => {
    assert.equal((await draw([alert()], history())).size, 0);
    const one = { device: 'core-1', cpu: '1' };
    assert.equal((await draw([alert()], history(one))).size, 1);
    assert.equal((await draw([alert()], history(one, { ...one, cpu: '2' }))).size, 0);
    assert.equal((await draw([alert()], history(one, { device: 'core-1' }))).size, 1);
  });

  it('has the mail show its pictures, and a link that no name leads elsewhere', async () => {
    const device = 'a&b="/../?x=1#';
    const waiting = {
      topics: [{ alert: alert({ labels: { device } }) }],
      omitted: [],
      messageId: '<1@x>',
    };
    const pictures = await draw(inOrder(waiting), history({ device }));
    const settings = (link: string) =>
      checkSettings({ ...defaults, from: 'n@example.org', to: 'a@example.org', link });
    const words = catalogue('en-US', 'email-alert');
    const link = 'https://netmon.example/ui?device={{device}}&x={{labels.device}}';
    const mail = compose(settings(link), waiting, words, { pictures });
    const { cid } = mail.pictures![0]!;
    assert.equal(mail.pictures!.length, 1);
    assert.ok(mail.html.includes(`<img src="cid:${cid}" alt="CPU, last 24 hours" width="560"`));
    const escaped = 'a%26b%3D%22%2F..%2F%3Fx%3D1%23';
    assert.ok(
      mail.text.includes(`: https://netmon.example/ui?device=${escaped}&x=${escaped}\n`),
      mail.text,
    );
    assert.match(mail.html, /<a class="link" href="https:&#x2F;&#x2F;netmon\.example/);
    const without = compose(settings(''), waiting, words);
    assert.doesNotMatch(without.html, /<img|<a /);
  });

  it('leads to the page that has more of an alert', () => {
    const linkOf = (about: Partial<Alert>) => {
      const link = 'https://netmon.example/ui?netmon={{page}}';
      const settings = checkSettings({ ...defaults, from: 'n@example.org', to: 'a@x.org', link });
      const waiting = { topics: [{ alert: alert(about) }], omitted: [], messageId: '<1@x>' };
      const mail = compose(settings, waiting, catalogue('en-US', 'email-alert'));
      const address = /https:\/\/netmon\.example\S+/.exec(mail.text)![0];
      return new URL(address).searchParams.get('netmon');
    };
    const device = 'core 1/a%';
    assert.equal(linkOf({ labels: { device } }), 'device/core%201%2Fa%25');
    assert.equal(
      linkOf({ labels: { device, interface: 'Gi1/0/1' } }),
      'port/core%201%2Fa%25/Gi1%2F0%2F1',
    );
    assert.equal(
      linkOf({ labels: { device: 'core-1' }, metric: 'configuration_not_saved' }),
      'configuration/core-1',
    );
    assert.equal(linkOf({ labels: {} }), 'alerts');
  });

  it('takes no other link than one of the web', () => {
    const read = (link: string) =>
      checkSettings({ ...defaults, from: 'n@example.org', to: 'a@example.org', link });
    for (const link of ['javascript:alert(1)', '{{device}}', 'ftp://x', 'https://{{device}}', 7]) {
      assert.throws(() => read(link as string), { field: 'link' });
    }
    assert.equal(read('http://x/{{device}}').link, 'http://x/{{device}}');
  });
});
