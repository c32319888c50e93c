import assert from 'node:assert/strict';
import { checkSettings, defaults, usualPort } from '../../../nodes/shared/mail/smtp-settings.ts';
import { ca } from './peer.ts';

describe('checkSettings of a mail server', () => {
  const settings = { ...defaults, host: 'mail.example.org' };
  const problem = (changes: object) => {
    try {
      checkSettings({ ...settings, ...changes });
    } catch (error) {
      return (error as Error).message;
    }
    return 'none';
  };

  it('takes names, addresses and numbers as the editor types them', () => {
    assert.deepEqual(checkSettings({ host: 'mail.example.org' }), checkSettings(settings));
    assert.equal(checkSettings(settings).port, 587);
    assert.equal(checkSettings({ ...settings, port: '2525' }).port, 2525);
    for (const host of ['127.0.0.1', '::1', 'bücher.example', 'smtp_relay']) {
      assert.equal(problem({ host }), 'none', host);
    }
    for (const ehloName of ['', 'mail.example.org', '[192.0.2.1]', '[IPv6:2001:db8::1]']) {
      assert.equal(problem({ ehloName }), 'none', ehloName);
    }
    assert.equal(problem({ ca: `${ca}\n${ca}` }), 'none');
  });

  it('names the field that is wrong', () => {
    assert.match(problem({ host: ' ' }), /^host: expected a text/);
    assert.match(problem({ host: 'mail example' }), /^host: expected a host name/);
    assert.match(problem({ host: 'mail\r\n' }), /^host: expected a text without line breaks/);
    assert.match(problem({ port: 0 }), /^port: expected a number from 1 to 65535/);
    assert.match(problem({ security: 'ssl' }), /^security: expected one of tls, starttls/);
    assert.match(problem({ ca: 'rubbish' }), /^ca: expected certificates in PEM form/);
    assert.match(problem({ verify: 'no' }), /^verify: expected true or false/);
    for (const ehloName of ['a b', 'x\r\nRSET', 7]) {
      assert.match(problem({ ehloName }), /^ehloName: expected a host name/);
    }
    assert.match(problem({ timeout: 0 }), /^timeout: expected a number from 1 to 600/);
  });

  it('knows the usual ports', () => {
    assert.deepEqual(
      (['tls', 'starttls', 'optional', 'none'] as const).map(usualPort),
      [465, 587, 25, 25],
    );
  });
});
