import type { EditorNodeProperties, EditorRED } from 'node-red';
import { translator } from '../shared/editor/translate.ts';
import { validator } from '../shared/editor/validate.ts';
import {
  checks,
  defaults,
  usualPort,
  type Security,
  type SmtpCredentials,
  type SmtpSettings,
} from '../shared/mail/smtp-settings.ts';

declare const RED: EditorRED;

const t = translator('netmon-smtp-server');
const input = (name: string) => $(`#node-config-input-${name}`);

RED.nodes.registerType<EditorNodeProperties & SmtpSettings, SmtpCredentials>('netmon-smtp-server', {
  category: 'config',
  defaults: {
    name: { value: '' },
    host: { value: defaults.host, required: true, validate: validator(t, checks.host) },
    port: { value: defaults.port, required: true, validate: validator(t, checks.port) },
    security: { value: defaults.security, validate: validator(t, checks.security) },
    ca: { value: defaults.ca, validate: validator(t, checks.ca) },
    verify: { value: defaults.verify },
    timeout: { value: defaults.timeout, required: true, validate: validator(t, checks.timeout) },
    ehloName: { value: defaults.ehloName, validate: validator(t, checks.ehloName) },
  },
  credentials: { user: { type: 'text' }, password: { type: 'password' } },
  paletteLabel: () => t('smtp-server.type'),
  label() {
    return this.name || (this.host ? `${this.host}:${this.port}` : t('smtp-server.type'));
  },
  oneditprepare() {
    let before = input('security').val() as Security;
    const adapt = () => {
      const security = input('security').val() as Security;
      // A port of the user's own stays.
      if (Number(input('port').val()) === usualPort(before)) {
        input('port').val(usualPort(security)).trigger('change');
      }
      before = security;
      const verify = input('verify').is(':checked');
      $('.netmon-smtp-clear').toggle(security === 'none');
      $('.netmon-smtp-tls').toggle(security !== 'none');
      $('.netmon-smtp-ca').toggle(verify);
      $('.netmon-smtp-unverified').toggle(!verify);
    };
    input('security').on('change', adapt);
    input('verify').on('change', adapt);
    adapt();
  },
});
