import assert from 'node:assert/strict';
import { type ActionLink, LinkSigner } from '../../nodes/alert-manager/action-link.ts';

const signer = new LinkSigner(Buffer.alloc(32, 7));
const link: ActionLink = {
  action: 'acknowledge',
  fingerprint: '0123456789abcdef',
  startsAt: 1_764_370_800_000,
  expiresAt: 1_764_975_600_000,
};
const before = link.expiresAt - 1;

describe('LinkSigner', () => {
  it('knows its own tokens, with characters that an address takes as they are', () => {
    const token = signer.sign(link);
    assert.match(token, /^[A-Za-z0-9._~-]+$/);
    assert.deepEqual(signer.read(token, before), link);
  });

  it('takes a time with a fraction for the nearest ms', () => {
    const { startsAt } = signer.read(signer.sign({ ...link, startsAt: 1000.6 }), before);
    assert.equal(startsAt, 1001);
  });

  it('takes any fingerprint', () => {
    const other = { ...link, fingerprint: 'Wärme.1/2 ✓' };
    assert.match(signer.sign(other), /^[A-Za-z0-9._~-]+$/);
    assert.deepEqual(signer.read(signer.sign(other), before), other);
  });

  it('refuses a token that has expired', () => {
    assert.throws(() => signer.read(signer.sign(link), link.expiresAt), { key: 'linkExpired' });
  });

  it('refuses a token of another secret', () => {
    const other = new LinkSigner(Buffer.alloc(32, 8)).sign(link);
    assert.throws(() => signer.read(other, before), { key: 'linkForged' });
  });

  it('refuses a token of which any character was changed, put in or left out', () => {
    const token = signer.sign(link);
    for (let i = 0; i < token.length; i++) {
      const [head, tail] = [token.slice(0, i), token.slice(i + 1)];
      const changed = `${head}${token[i] === 'a' ? 'b' : 'a'}${tail}`;
      for (const forged of [changed, head + tail, `${head}0${token[i]}${tail}`]) {
        assert.throws(() => signer.read(forged, before), { key: 'linkForged' }, forged);
      }
    }
  });

  for (const forged of [undefined, '', 'x', ['a', 'b'], '.'.repeat(10_000), 'ü.1.1.1.x', 7]) {
    it(`refuses ${JSON.stringify(forged)?.slice(0, 20)}`, () => {
      assert.throws(() => signer.read(forged, before), { key: 'linkForged' });
    });
  }
});
