import type { EditorNodeProperties, EditorRED } from 'node-red';
import { translator } from '../shared/editor/translate.ts';
import { validator } from '../shared/editor/validate.ts';
import { type AccessConfig, checks, defaults } from './config.ts';
import { type Authentication, http } from './protocols/http.ts';
import type { Secrets } from './protocols/protocol.ts';

declare const RED: EditorRED;

const t = translator('netmon-device-access');
const input = (name: string) => $(`#node-config-input-${name}`);

RED.nodes.registerType<EditorNodeProperties & AccessConfig, Secrets>('netmon-device-access', {
  category: 'config',
  defaults: {
    name: { value: defaults.name },
    protocol: { value: defaults.protocol, validate: validator(t, checks.protocol) },
    timeout: { value: defaults.timeout, required: true, validate: validator(t, checks.timeout) },
    retries: { value: defaults.retries, required: true, validate: validator(t, checks.retries) },
    url: { value: defaults.url, required: true, validate: validator(t, http.checks.url) },
    authentication: {
      value: defaults.authentication,
      validate: validator(t, http.checks.authentication),
    },
    keyHeader: {
      value: defaults.keyHeader,
      validate: validator(
        t,
        (value, node) => node.authentication === 'key' && http.checks.keyHeader(value),
      ),
    },
    verify: { value: defaults.verify },
    ca: { value: defaults.ca, validate: validator(t, http.checks.ca) },
    maxSize: {
      value: defaults.maxSize,
      required: true,
      validate: validator(t, http.checks.maxSize),
    },
  },
  credentials: { user: { type: 'text' }, secret: { type: 'password' } },
  paletteLabel: () => t('device-access.type'),
  label() {
    return this.name || this.url;
  },
  oneditprepare() {
    const adapt = () => {
      const authentication = input('authentication').val() as Authentication;
      const secure = !/^http:/i.test(String(input('url').val()));
      const verify = input('verify').is(':checked');
      $('.netmon-access-user').toggle(authentication === 'basic');
      $('.netmon-access-header').toggle(authentication === 'key');
      $('.netmon-access-secret').toggle(authentication !== 'none');
      $('.netmon-access-clear').toggle(authentication !== 'none' && !secure);
      $('.netmon-access-secret label span').text(t(`device-access.secret.${authentication}`));
      $('.netmon-access-tls').toggle(secure);
      $('.netmon-access-ca').toggle(verify);
      $('.netmon-access-unverified').toggle(!verify);
    };
    for (const name of ['authentication', 'verify']) input(name).on('change', adapt);
    input('url').on('input', adapt);
    adapt();
  },
});
