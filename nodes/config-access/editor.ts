import type { EditorNodeProperties, EditorRED } from 'node-red';
import { isSecure } from '../protocols/web/fields.ts';
import * as check from '../shared/check.ts';
import { dialects } from '../shared/configurations/dialects/index.ts';
import { present } from '../shared/editor/present.ts';
import { translator } from '../shared/editor/translate.ts';
import { tryOut } from '../shared/editor/try-out.ts';
import { validator } from '../shared/editor/validate.ts';
import { withVersions } from '../shared/editor/with-versions.ts';
import {
  type AccessSecrets,
  type AccessSettings,
  accessSettings,
  isShown,
  own,
  secretNames,
  wayOf,
} from './config.ts';
import { commandsOf } from './own-dialect.ts';
import type { TryAnswer, TryRequest } from './try-access.ts';

declare const RED: EditorRED;

type Properties = EditorNodeProperties & AccessSettings & { version: number };

const t = translator('netmon-config-access');
const { version, ...settings } = accessSettings.defaults;
const names = Object.keys(settings) as (keyof AccessSettings)[];
const input = (name: string) => $(`#node-config-input-${name}`);

/** id of the node whose dialog is open: it keeps the old values until it is saved */
let open: string | undefined;

function typed(): AccessSettings {
  const entries = names.map((name) => {
    const element = input(name);
    return [name, element.is(':checkbox') ? element.is(':checked') : element.val()];
  });
  return Object.fromEntries(entries) as AccessSettings;
}

function valuesOf(node: Record<string, unknown>): AccessSettings {
  return 'id' in node && node.id === open
    ? typed()
    : (present(accessSettings, node) as unknown as AccessSettings);
}

type FieldDefaults = {
  [Name in keyof AccessSettings]: {
    value: AccessSettings[Name];
    validate: (value: unknown) => boolean;
  };
};

/** The settings. Each is checked while it shows. */
function fieldDefaults(): FieldDefaults {
  const fields = names.map((name) => {
    const validate = validator(t, (value, node) => {
      const values = valuesOf(node);
      if (!isShown(name, values)) return;
      const checked = accessSettings.checks[name](value);
      if (name !== 'ownCommands' && name !== 'ownSaved') return;
      const commands = commandsOf(name, checked as string[], wayOf(values));
      const isNeeded = name === 'ownCommands' && values.dialect === own;
      if (isNeeded && commands.length === 0) check.text(name, '');
    });
    return [name, { value: settings[name], validate }];
  });
  return Object.fromEntries(fields) as FieldDefaults;
}

RED.nodes.registerType<Properties, AccessSecrets>('netmon-config-access', {
  ...withVersions<Properties, AccessSecrets>(accessSettings, {
    category: 'config',
    defaults: {
      name: { value: '' },
      version: { value: version, validate: validator(t, accessSettings.checks.version) },
      ...fieldDefaults(),
    },
    credentials: {
      user: { type: 'text' },
      password: { type: 'password' },
      privateKey: { type: 'password' },
      passphrase: { type: 'password' },
      enablePassword: { type: 'password' },
    },
    paletteLabel: () => t('config-access.type'),
    label() {
      return this.name || labelOf(this.dialect);
    },
    oneditprepare() {
      open = this.id;
      const options = [...dialects.map(({ id }) => id), own].map((id) =>
        $('<option>').val(id).text(labelOf(id)),
      );
      input('dialect').append(options).val(this.dialect);
      input('dialect').on('change', () => {
        const { authentication } = dialects.find(({ id }) => id === input('dialect').val()) ?? {};
        if (authentication) input('authentication').val(authentication);
      });
      $('#netmon-config-access').on('input change', adapt);
      tryOut<TryAnswer>($('#netmon-config-access-try'), $('#netmon-config-access-seen'), {
        route: 'config-access/try',
        translate: t,
        body: (): TryRequest => ({
          address: String($('#netmon-config-access-device').val()).trim(),
          access: { ...typed(), id: this.id, credentials: typedSecrets() },
        }),
        show,
      });
      adapt();
      openChanged();
    },
    oneditsave() {
      open = undefined;
    },
    oneditcancel() {
      open = undefined;
    },
  }),
});

function labelOf(dialect: string): string {
  return dialects.find(({ id }) => id === dialect)?.label ?? t('config-access.own');
}

function show(result: JQuery, { lines, size, seconds, hostKey }: TryAnswer) {
  const seen = { lines: String(lines), size: String(size), seconds: String(seconds) };
  $('<div>').text(t('config-access.try.seen', seen)).appendTo(result);
  if (hostKey === undefined) return;
  $('<div>').text(t('config-access.try.hostKey', { hostKey })).appendTo(result);
}

function typedSecrets(): AccessSecrets {
  return Object.fromEntries(secretNames.map((name) => [name, String(input(name).val())]));
}

/** Shows the fields of what is chosen, with their words. */
function adapt() {
  const values = typed();
  const way = wayOf(values);
  $('#netmon-config-access [data-field]').each((_, row) => {
    $(row).toggle(isShown(row.dataset.field!, values));
  });
  $('#netmon-config-access-way')
    .text(t(`config-access.way.${way}`))
    .toggle(values.dialect !== own);
  const login = way === 'http' ? values.authentication : 'basic';
  $('#netmon-config-access-password').text(t(`config-access.secret.${login}`));
  const isOpen = way === 'http' && login !== 'none' && !isSecure(values.url);
  $('#netmon-config-access-clear').toggle(isOpen);
  $('#netmon-config-access-unverified').toggle(!values.verify);
  $('#netmon-config-access-old').toggle(values.oldCiphers);
}

// What is set otherwise than usual shows at once.
function openChanged() {
  const values = typed();
  $('#netmon-config-access details').each((_, group) => {
    const fields = $(group).find('[data-field], [id^=node-config-input-]').toArray();
    const shown = fields.map(({ dataset, id }) => dataset.field ?? id.replace(/^.*-/, ''));
    const changed = shown.some((name) => {
      const { [name as keyof AccessSettings]: value } = values;
      return isShown(name, values) && String(value) !== String(settings[name as 'port']);
    });
    $(group).prop('open', changed);
  });
}
