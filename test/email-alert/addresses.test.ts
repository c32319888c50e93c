import assert from 'node:assert/strict';
import { addresses } from '../../nodes/email-alert/addresses.ts';

describe('addresses', () => {
  it('takes bare and named addresses, separated by commas or semicolons', () => {
    assert.deepEqual(
      addresses('to', ' a@example.org; Betrieb Süd <b.c+d@mail.example.org>,"Night, shift" <e@x>,'),
      [
        { name: '', address: 'a@example.org' },
        { name: 'Betrieb Süd', address: 'b.c+d@mail.example.org' },
        { name: 'Night, shift', address: 'e@x' },
      ],
    );
    assert.deepEqual(addresses('cc', ' '), []);
    assert.deepEqual(addresses('to', 'x@bücher.example'), [
      { name: '', address: 'x@bücher.example' },
    ]);
  });

  for (const bad of [
    'nobody',
    'a@',
    '@example.org',
    'a b@example.org',
    'a@exa mple.org',
    'a@example..org',
    '.a@example.org',
    'a@-x.org',
    'a@b@c',
    'Ops <a@example.org',
    'Ops a@example.org>',
    'a@example.org <b@example.org> c',
    '"Ops <a@example.org>',
    `${'a'.repeat(250)}@example.org`,
  ]) {
    it(`refuses ${bad.slice(0, 40)}`, () => {
      assert.throws(() => addresses('to', `fine@example.org, ${bad}`), {
        message: /^to: expected a mail address such as .*, but got "/,
      });
    });
  }

  it('refuses line breaks, which would begin another header', () => {
    assert.throws(() => addresses('to', 'a@example.org\r\nBcc: b@example.org'), {
      message: /^to: expected a text without line breaks/,
    });
  });

  it('is quick with long nonsense', () => {
    assert.throws(() => addresses('to', `${'a-'.repeat(4_900)}@`));
    assert.throws(() => addresses('to', 'a@example.org,'.repeat(1_000)), /at most 10000/);
  });
});
