import type { EditorNodeProperties, EditorRED } from 'node-red';
import { fieldSets, protocolNames } from '../protocols/fields.ts';
import type { Secrets } from '../protocols/protocol.ts';
import { checkSomethingToRead, snmpSecretChecks } from '../protocols/snmp/fields.ts';
import { isSecure } from '../protocols/web/fields.ts';
import { expressionInput } from '../shared/editor/expression-input.ts';
import { present } from '../shared/editor/present.ts';
import type { Table } from '../shared/editor/table.ts';
import { translator } from '../shared/editor/translate.ts';
import { validator } from '../shared/editor/validate.ts';
import { withVersions } from '../shared/editor/with-versions.ts';
import {
  type AccessConfig,
  accessVersions,
  checks,
  type CommonFields,
  defaults,
  secretNames,
} from './config.ts';
import { offerCommunity } from './editor-community.ts';
import { discover } from './editor-discover.ts';
import { chooseMapping, fillIn, showMappingHint } from './editor-mapping.ts';
import { oidTable, speedTable } from './editor-tables.ts';
import { checkExpression } from './expressions.ts';
import { isShown } from './shown-fields.ts';

declare const RED: EditorRED;

// Node-RED's editor has it for its own dialogs.
declare const jsonata: (expression: string) => unknown;

type ProtocolFields = Omit<AccessConfig, keyof CommonFields | 'name'>;
type FieldDefaults = {
  [Name in keyof ProtocolFields]: {
    value: ProtocolFields[Name];
    validate: (value: unknown) => boolean;
  };
};
type Check = (value: unknown, values: AccessConfig) => unknown;
type TableName = 'snmpOwnOids' | 'interfaceSpeeds';

type Properties = EditorNodeProperties & AccessConfig;

const t = translator('netmon-device-access');
const { version, ...fields } = defaults;
const names = Object.keys(fields) as (keyof AccessConfig)[];
const input = (name: string) => $(`#node-config-input-${name}`);

/** What the open dialog holds: its node keeps the old values until it is saved. */
let open: { id: string; tables: Record<TableName, Table> } | undefined;

function valuesOf(node: object): AccessConfig {
  return 'id' in node && node.id === open?.id
    ? typed()
    : present(accessVersions, node as AccessConfig);
}

function typed(): AccessConfig {
  const entries = names.map((name) => {
    if (open && name in open.tables) return [name, open.tables[name as TableName].rows()];
    const element = input(name);
    return [name, element.is(':checkbox') ? element.is(':checked') : element.val()];
  });
  return { ...Object.fromEntries(entries), version } as AccessConfig;
}

/** The fields of all protocols. Each is checked while it shows. */
function protocolFields() {
  const all = new Set(Object.values(fieldSets).flatMap(({ defaults }) => Object.keys(defaults)));
  const fields = [...all].map((name) => {
    const validate = validator(t, (value, node) => {
      const values = valuesOf(node);
      if (!isShown(name, values)) return;
      const { checks } = fieldSets[values.protocol];
      (checks as Partial<Record<string, Check>>)[name]?.(value, values);
      checkExpression(name, values, jsonata);
      if (name === 'snmpInterfaces') checkSomethingToRead(values);
    });
    return [name, { value: defaults[name as keyof AccessConfig], validate }];
  });
  return Object.fromEntries(fields) as FieldDefaults;
}

function secret(name: (typeof secretNames)[number]) {
  const validate = validator(t, (value, node) => {
    const values = valuesOf(node);
    if (values.protocol === 'snmp' && isShown(name, values)) {
      snmpSecretChecks[name](String(value), values);
    }
  });
  return { type: name === 'user' ? 'text' : 'password', validate } as { type: 'text' | 'password' };
}

RED.nodes.registerType<Properties, Secrets>('netmon-device-access', {
  ...withVersions<Properties, Secrets>(accessVersions, {
    category: 'config',
    defaults: {
      version: { value: version, validate: validator(t, checks.version) },
      name: { value: defaults.name },
      protocol: { value: defaults.protocol, validate: validator(t, checks.protocol) },
      timeout: { value: defaults.timeout, required: true, validate: validator(t, checks.timeout) },
      retries: { value: defaults.retries, required: true, validate: validator(t, checks.retries) },
      ...protocolFields(),
    },
    credentials: {
      user: secret('user'),
      secret: secret('secret'),
      privacySecret: secret('privacySecret'),
    },
    paletteLabel: () => t('device-access.type'),
    label() {
      const isWeb = 'url' in fieldSets[this.protocol].defaults;
      return this.name || (isWeb ? this.url : t(`device-access.protocol.${this.protocol}`));
    },
    oneditprepare() {
      const tables = {
        snmpOwnOids: oidTable(this.snmpOwnOids, t),
        interfaceSpeeds: speedTable(this.interfaceSpeeds, t),
      };
      open = { id: this.id, tables };
      input('protocol').append(
        protocolNames.map((name) =>
          $('<option>')
            .val(name)
            .text(t(`device-access.protocol.${name}`)),
        ),
      );
      input('protocol').val(this.protocol);
      // A new node lacks what is 0 or empty by default, and one of before what has come since.
      for (const name of ['maxLatency', 'maxLoss', 'maxOffset', 'maxStratum'] as const) {
        if (this[name] === undefined) input(name).val(defaults[name]);
      }
      expressionInput(input('jsonCondition'), jsonata);
      chooseMapping(t, typed);
      input('protocol').on('change', () => fillIn(typed()));
      $('#netmon-access').on('input change', adapt);
      discover(t, () => ({ ...typed(), id: this.id, credentials: typedSecrets() }));
      if (!RED.nodes.node(this.id)) offerCommunity(typed);
      adapt();
      openChanged();
    },
    oneditsave() {
      Object.assign(this, { ...rowsOf(open?.tables) });
      open = undefined;
    },
    oneditcancel() {
      open = undefined;
    },
  }),
});

function rowsOf(tables: Record<TableName, Table> | undefined) {
  return Object.fromEntries(
    Object.entries(tables ?? {}).map(([name, table]) => [name, table.rows()]),
  );
}

function typedSecrets(): Secrets {
  return Object.fromEntries(secretNames.map((name) => [name, String(input(name).val())]));
}

/** Shows the fields of what is chosen, with their words. */
function adapt() {
  const values = typed();
  const { protocol, authentication, snmpVersion } = values;
  $('#netmon-access [data-field]').each((_, row) => {
    $(row).toggle(isShown(row.dataset.field!, values));
  });
  const isSnmp = protocol === 'snmp';
  const secretName = isSnmp ? (snmpVersion === '3' ? 'signing' : 'community') : authentication;
  $('#netmon-access-secret-label').text(t(`device-access.secret.${secretName}`));
  $('#netmon-access-clear').toggle(!isSnmp && authentication !== 'none' && !isSecure(values.url));
  $('#netmon-access-unverified').toggle(!values.verify);
  $('#netmon-access-nothing').toggle(isNothing(values));
  showMappingHint(values, t);
  input('port').attr('placeholder', String(fieldSets[protocol].usualPort ?? ''));
}

function isNothing(values: AccessConfig): boolean {
  try {
    checkSomethingToRead(values);
    return false;
  } catch {
    return true;
  }
}

// What is set otherwise than usual shows at once.
function openChanged() {
  const values = typed();
  const usual = { ...defaults, ...fieldSets[values.protocol].defaults };
  $('#netmon-access details').each((_, group) => {
    const fields = $(group).find('[data-field]').toArray();
    const shown = fields.map(({ dataset }) => dataset.field as keyof AccessConfig);
    const changed = shown.some(
      (name) => isShown(name, values) && asText(values[name]) !== asText(usual[name]),
    );
    $(group).prop('open', changed);
  });
}

function asText(value: string | number | boolean | object): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
