import type { EditorNodeProperties, EditorRED } from 'node-red';
import { dialogDefaults } from '../shared/editor/dialog-defaults.ts';
import { translator } from '../shared/editor/translate.ts';
import { withVersions } from '../shared/editor/with-versions.ts';
import {
  type Security,
  type SmtpCredentials,
  type SmtpSettings,
  smtpSettings,
  usualPort,
} from '../shared/mail/smtp-settings.ts';
import { signIn } from './editor-sign-in.ts';

declare const RED: EditorRED;

type Properties = EditorNodeProperties & SmtpSettings;

const t = translator('netmon-smtp-server');
const input = (name: string) => $(`#node-config-input-${name}`);

RED.nodes.registerType<Properties, SmtpCredentials>('netmon-smtp-server', {
  ...withVersions<Properties, SmtpCredentials>(smtpSettings, {
    category: 'config',
    defaults: { name: { value: '' }, ...dialogDefaults(t, smtpSettings) },
    credentials: {
      user: { type: 'text' },
      password: { type: 'password' },
      clientSecret: { type: 'password' },
      refreshToken: { type: 'password' },
      serviceKey: { type: 'password' },
    },
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
        const login = String(input('login').val());
        $('[data-logins]').each((_, row) => {
          $(row).toggle($(row).attr('data-logins')!.split(' ').includes(login));
        });
        const isMailbox = login !== 'password';
        input('user').attr(
          'placeholder',
          t(`smtp-server.placeholder.${isMailbox ? 'mailbox' : 'user'}`),
        );
      };
      input('security').on('change', adapt);
      input('verify').on('change', adapt);
      input('login').on('change', adapt);
      signIn($('#netmon-sign-in'), $('#netmon-sign-in-result'), {
        body: () => ({
          tenant: input('tenant').val(),
          clientId: input('clientId').val(),
          tokenServer: input('tokenServer').val(),
        }),
        show: (refreshToken) => input('refreshToken').val(refreshToken).trigger('change'),
        translate: t,
      });
      adapt();
    },
  }),
});
