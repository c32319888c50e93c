import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { DigestLogin } from '../../../nodes/protocols/web/http-digest.ts';

describe('DigestLogin', () => {
  const url = new URL('http://www.example.org/dir/index.html');
  const md5 = (...parts: string[]) => createHash('md5').update(parts.join(':')).digest('hex');

  /** A login that a server has challenged, and the fields of its next header. */
  function challenged(header: string, user = 'Mufasa', password = 'Circle of Life') {
    const cnonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ';
    const login = new DigestLogin(user, password, () => cnonce);
    const answer = login.challenged(url.origin, header);
    const next = () => {
      const sent = login.authorization({ method: 'GET', url });
      if (sent === undefined) return undefined;
      const fields = sent.slice('Digest '.length).split(', ');
      const pairs = fields.map((field) => field.split(/=(.*)/s).slice(0, 2) as [string, string]);
      return Object.fromEntries<string>(pairs);
    };
    return { login, answer, next };
  }

  // RFC 7616, 3.9.1.
  for (const [algorithm, response] of [
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ] as const) {
    it(`answers as the example of RFC 7616 with ${algorithm}`, () => {
      const { next } = challenged(
        `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, ` +
          'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", ' +
          'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
      );
      assert.deepEqual(next(), {
        username: '"Mufasa"',
        realm: '"http-auth@example.org"',
        nonce: '"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"',
        uri: '"/dir/index.html"',
        response: `"${response}"`,
        algorithm,
        opaque: '"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
        qop: 'auth',
        nc: '00000001',
        cnonce: '"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"',
      });
    });
  }

  it('counts the uses of a nonce in hexadecimal, and those of the next one anew', () => {
    const { login, next } = challenged('Digest realm="r", nonce="a", qop="auth"');
    for (let i = 1; i < 17; i++) next();
    assert.equal(next()!.nc, '00000011');
    login.accepted(url.origin, 'qop=auth, nc=00000011');
    assert.deepEqual([next()!.nonce, next()!.nc], ['"a"', '00000013']);
    login.accepted(url.origin, 'nextnonce="b"');
    const { nonce, nc } = next()!;
    assert.deepEqual([nonce, nc], ['"b"', '00000001']);
  });

  it('answers as RFC 2069 where the server offers no quality of protection', () => {
    for (const more of ['', ', qop=""']) {
      const { response, qop, cnonce } = challenged(`Digest realm="r", nonce="a"${more}`).next()!;
      const secret = md5('Mufasa', 'r', 'Circle of Life');
      assert.equal(response, `"${md5(secret, 'a', md5('GET', '/dir/index.html'))}"`);
      assert.deepEqual([qop, cnonce], [undefined, undefined]);
    }
  });

  it('tells its own nonce where the first hash has it in it', () => {
    const { cnonce, qop } = challenged('Digest realm="r", nonce="a", algorithm=MD5-sess').next()!;
    assert.deepEqual([typeof cnonce, qop], ['string', undefined]);
  });

  it('takes the first challenge that it knows, or none', () => {
    const unknown = [
      'Digest realm="r", nonce="a", algorithm=SHA3',
      'Digest realm="r", nonce="a", algorithm=constructor',
      'Digest realm="r", nonce="a", qop="auth-conf"',
      'Digest realm="r"',
      'Basic realm="r", nonce="a"',
    ];
    for (const header of unknown) {
      const { answer, next } = challenged(header);
      assert.deepEqual([answer, next()], [undefined, undefined], header);
    }
    const { next } = challenged([...unknown, 'Digest realm="r", nonce="b"'].join(', '));
    assert.equal(next()!.nonce, '"b"');
  });

  it('tells whether only the nonce was too old', () => {
    for (const [more, stale] of [
      [', stale=TRUE', true],
      [', stale=false', false],
      ['', false],
    ] as const) {
      assert.deepEqual(challenged(`Digest realm="r", nonce="a"${more}`).answer, { stale });
    }
  });

  it('hides the name of the user, or gives it in UTF-8, where the server takes that', () => {
    const name = (more: string, user: string) => {
      const fields = challenged(`Digest realm="r", nonce="a"${more}`, user).next()!;
      return Object.entries(fields).filter(([field]) => field.startsWith('user'));
    };
    assert.deepEqual(name(', userhash=true', 'Mufasa'), [
      ['username', `"${md5('Mufasa', 'r')}"`],
      ['userhash', 'true'],
    ]);
    const utf8 = ', charset=UTF-8';
    assert.deepEqual(name(utf8, "Jäsøn's"), [['username*', "UTF-8''J%C3%A4s%C3%B8n%27s"]]);
    assert.deepEqual(name(utf8, 'Mufasa'), [['username', '"Mufasa"']]);
    assert.deepEqual(name('', 'Jä'), [['username', `"${Buffer.from('Jä').toString('latin1')}"`]]);
  });

  it('logs in to no other server, nor after it was refused', () => {
    const { login, next } = challenged('Digest realm="r", nonce="a"');
    const other = new URL('http://other.example.org/');
    assert.equal(login.authorization({ method: 'GET', url: other }), undefined);
    login.refused(url.origin);
    assert.equal(next(), undefined);
  });
});
