import type { EditorNodeProperties, EditorRED } from 'node-red';
import { translator } from '../shared/editor/translate.ts';
import { validator } from '../shared/editor/validate.ts';
import { type AccessConfig, checks, type CommonFields, defaults } from './config.ts';
import { fieldSets, type ProtocolName } from './fields/index.ts';
import type { Authentication } from './fields/web.ts';
import type { Secrets } from './protocols/protocol.ts';

declare const RED: EditorRED;

type ProtocolFields = Omit<AccessConfig, keyof CommonFields | 'name'>;
type FieldDefaults = {
  [Name in keyof ProtocolFields]: {
    value: ProtocolFields[Name];
    validate: (value: unknown) => boolean;
  };
};

const t = translator('netmon-device-access');
const input = (name: string) => $(`#node-config-input-${name}`);

/** The fields of all protocols. Each is checked while a protocol that has it is chosen. */
function protocolFields() {
  const names = new Set(Object.values(fieldSets).flatMap(({ defaults }) => Object.keys(defaults)));
  const fields = [...names].map((name) => {
    const validate = validator(t, (value, node) => {
      const { checks } = fieldSets[node.protocol as ProtocolName];
      const check = (checks as Partial<Record<string, (value: unknown) => unknown>>)[name];
      if (name !== 'keyHeader' || node.authentication === 'key') check?.(value);
    });
    return [name, { value: defaults[name as keyof AccessConfig], validate }];
  });
  return Object.fromEntries(fields) as FieldDefaults;
}

RED.nodes.registerType<EditorNodeProperties & AccessConfig, Secrets>('netmon-device-access', {
  category: 'config',
  defaults: {
    name: { value: defaults.name },
    protocol: { value: defaults.protocol, validate: validator(t, checks.protocol) },
    timeout: { value: defaults.timeout, required: true, validate: validator(t, checks.timeout) },
    retries: { value: defaults.retries, required: true, validate: validator(t, checks.retries) },
    ...protocolFields(),
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
