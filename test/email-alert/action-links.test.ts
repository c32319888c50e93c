import assert from 'node:assert/strict';
import { toActionLinks } from '../../nodes/email-alert/action-links.ts';
import { compose } from '../../nodes/email-alert/compose.ts';
import { checkSettings, defaults } from '../../nodes/email-alert/config.ts';
import { catalogue } from '../support/catalogue.ts';
import { alert, recovery } from './alerts.ts';

const links = {
  acknowledge: 'https://netmon.example.org/netmon/alerts/m?token=acknowledge.a.b',
  silence: 'https://netmon.example.org/netmon/alerts/m?token=silence.a.b',
};

describe('toActionLinks', () => {
  it('takes the links of a group by fingerprint, and leaves out what is none', () => {
    const group = {
      links: {
        a: links,
        b: { acknowledge: links.acknowledge },
        c: { ...links, silence: 'javascript:alert(1)' },
        d: { ...links, silence: 'https://x/" onclick="' },
        e: { ...links, silence: `https://x/${'y'.repeat(2000)}` },
        f: null,
      },
    };
    assert.deepEqual([...toActionLinks(group)], [['a', links]]);
  });

  for (const group of [undefined, null, 7, {}, { links: 'x' }, { links: [1] }]) {
    it(`finds none in ${JSON.stringify(group)}`, () => {
      assert.equal(toActionLinks(group).size, 0);
    });
  }
});

describe('the links of an alert in its mail', () => {
  const mail = (one: ReturnType<typeof alert>) =>
    compose(
      checkSettings({ ...defaults, from: 'n@example.org', to: 'a@example.org' }),
      { topics: [{ alert: one, links }], omitted: [], messageId: '<1@x>' },
      catalogue('en-US', 'email-alert'),
    );

  it('are in both parts', () => {
    const { text, html } = mail(alert());
    assert.ok(text.includes(`Acknowledge: ${links.acknowledge}\nSilence: ${links.silence}\n`));
    assert.match(html, /<a class="action" href="[^"]*silence\.a\.b"[^>]*>Silence<\/a>/);
  });

  it('are not there once it is over', () => {
    const { text, html } = mail(recovery());
    assert.ok(!text.includes('token') && !html.includes('token'));
  });
});
