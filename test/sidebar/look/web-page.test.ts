import assert from 'node:assert/strict';
import { makerOf, type WebAnswer, wordsOf } from '../../../nodes/sidebar/look/web-page.ts';

const page = (more: Partial<WebAnswer>): WebAnswer => ({
  ...{ status: 200, headers: {}, body: '', responseTime: 1 },
  ...more,
});
const title = (html: string) => wordsOf(page({ body: html }));

describe('what a web server tells of itself', () => {
  it('is its title, its name, the realm of its login and whom its certificate is for', () => {
    assert.deepEqual(
      wordsOf(
        page({
          status: 401,
          headers: { server: 'nginx/1.22.1', 'www-authenticate': 'Basic realm="RouterOS"' },
          body: '<html><head><title>RouterOS</title></head>',
          certificate: { subject: 'router.lan', isTrusted: false },
        }),
      ),
      ['RouterOS', 'nginx/1.22.1', 'RouterOS', 'router.lan'],
    );
    assert.deepEqual(wordsOf(page({})), []);
  });

  it('is a title on one line, cut, with its entities read', () => {
    assert.deepEqual(title('<TITLE lang="de">\n FRITZ!Box &amp; K&uuml;che \n</TITLE>'), [
      'FRITZ!Box & Küche',
    ]);
    assert.deepEqual(title('<title>&#65;&#x42;&lt;b&gt;&unknown;&#x110000;</title>'), [
      'AB<b>&unknown;&#x110000;',
    ]);
    assert.deepEqual(title('<title>a\u0000\u202eb</title>'), ['a b']);
    assert.deepEqual(title('<title></title>'), []);
    assert.deepEqual(title(`<title>${'x'.repeat(400)}</title>`), ['x'.repeat(100)]);
    // Without an end, and over and over.
    assert.deepEqual(title('<title '.repeat(30_000)), []);
  });

  it('tells who made it, and which mapping reads it', () => {
    const maker = (text: string) => {
      const { vendor, mapping } = makerOf(['nginx', text]) ?? {};
      return mapping === undefined ? vendor : `${vendor} ${mapping}`;
    };
    assert.equal(maker('RouterOS router configuration page'), 'MikroTik mikrotik');
    assert.equal(maker('FortiGate'), 'Fortinet fortigate');
    assert.equal(maker('UniFi OS'), 'Ubiquiti unifi');
    assert.equal(maker('FRITZ!Box'), 'AVM');
    assert.equal(maker('HP Color LaserJet M553'), 'HP');
    assert.equal(maker('Welcome'), undefined);
  });
});
