import type { EditorNodeProperties, EditorRED } from 'node-red';
import { type AccessConfig, defaults as accessDefaults } from '../device-access/config.ts';
import type { EditedAccess } from '../device-access/edited-access.ts';
import type { Row } from '../shared/editor/rows.ts';
import { Table } from '../shared/editor/table.ts';
import { offerAddresses } from '../shared/editor/open-addresses.ts';
import { dialogDefaults } from '../shared/editor/dialog-defaults.ts';
import { withVersions } from '../shared/editor/with-versions.ts';
import { labelsFromText, labelsText } from '../shared/labels-text.ts';
import { translator } from '../shared/editor/translate.ts';
import { tryOut } from '../shared/editor/try-out.ts';
import { validator } from '../shared/editor/validate.ts';
import { errorText, Problem } from '../shared/problem.ts';
import { defaults, type PollConfig, pollSettings } from './config.ts';
import { checkUnique, type Device, readDevices, toDevice, withAddress } from './devices.ts';
import { checkOwnMapping, OwnMapping } from './editor-mapping.ts';
import { showReadings } from './editor-result.ts';
import type { TryOutAnswer, TryOutRequest } from './try-out.ts';

declare const RED: EditorRED;

const t = translator('netmon-device-poll');
/** The table of the open dialog. */
let devices: Table | undefined;
let own: OwnMapping | undefined;

RED.nodes.registerType<EditorNodeProperties & PollConfig>('netmon-device-poll', {
  ...withVersions<EditorNodeProperties & PollConfig>(pollSettings, {
    category: 'netmon',
    color: '#7fb7a3',
    icon: 'netmon-device-poll.svg',
    inputs: 1,
    outputs: 1,
    defaults: {
      ...dialogDefaults(t, pollSettings),
      access: { value: defaults.access, type: 'netmon-device-access', required: true },
      mapping: {
        value: defaults.mapping,
        validate: validator(t, (value, node) => checkOwnMapping(value, node)),
      },
    },
    paletteLabel: () => t('device-poll.type'),
    label() {
      const [first, ...more] = this.devices;
      return this.name || (more.length === 0 && first && nameOf(first)) || t('device-poll.type');
    },
    labelStyle() {
      return this.name ? 'node_label_italic' : '';
    },
    oneditprepare() {
      devices = deviceTable(this.devices);
      offerAddresses(() =>
        devices!.rows().flatMap(({ address }) => (typeof address === 'string' ? [address] : [])),
      );
      paste(devices);
      own = new OwnMapping(this, t);
      test(devices);
    },
    oneditsave() {
      this.devices = devices!.rows().map(withLabels);
      const change = own!.save(this);
      return change && { history: [change] };
    },
  }),
});

function withLabels(row: Row): Device {
  return { labels: {}, ...withAddress(row) } as unknown as Device;
}

// The runtime does the same: a device without a name goes by its address.
function nameOf(row: Row | Device): string | undefined {
  const { name, address } = withAddress(row as Row);
  return ((name ?? address) as string | undefined) || undefined;
}

function deviceTable(rows: Device[]): Table {
  const made = new Table($('#netmon-poll-devices'), {
    columns: [
      {
        name: 'address',
        label: t('device-poll.column.address'),
        placeholder: t('device-poll.placeholder.address'),
        width: '2fr',
      },
      {
        name: 'name',
        label: t('device-poll.column.name'),
        placeholder: t('device-poll.placeholder.name'),
        width: '2fr',
      },
      {
        name: 'labels',
        label: t('device-poll.column.labels'),
        placeholder: t('device-poll.placeholder.labels'),
        width: '2fr',
        parse: (text) => labelsFromText('labels', text),
        show: (labels) => labelsText((labels ?? {}) as Record<string, string>),
      },
    ],
    rows: rows as unknown as Row[],
    empty: () => ({}),
    check: () => {
      const names = new Set<string>();
      return (row) => checkUnique(row, names);
    },
    translate: t,
    addLabel: t('device-poll.label.add'),
    height: 180,
  });
  if (rows.length === 0) made.append([{}]);
  return made;
}

// Takes a text as a whole or not at all. A row of a name that is there already takes its place.
function paste(into: Table) {
  const text = $('#netmon-poll-text');
  const trouble = $('#netmon-poll-text-trouble');
  const read = () => readDevices(String(text.val()));
  const check = () => {
    const { problems } = String(text.val()).trim() === '' ? { problems: [] } : read();
    trouble.text(problems.map((problem) => errorText(problem, t)).join('\n'));
    $('#netmon-poll-take').prop('disabled', problems.length > 0);
  };
  $('#netmon-poll-paste').on('click', () => {
    $('#netmon-poll-pasted').toggle();
    text.trigger('focus');
  });
  text.on('input', check);
  $('#netmon-poll-take').on('click', () => {
    const pasted = read().devices;
    const names = new Set(pasted.map(({ name }) => name));
    const kept = into.rows().filter((row) => {
      const name = nameOf(row);
      return name !== undefined && !names.has(name);
    });
    into.replace([...kept, ...(pasted as unknown as Row[])]);
    text.val('');
    $('#netmon-poll-pasted').hide();
  });
}

function test(from: Table) {
  const choice = $('#netmon-poll-test-device');
  const fill = () => {
    const chosen = choice.val();
    const names = from.rows().flatMap((row) => nameOf(row) ?? []);
    choice.empty().append(names.map((name) => $('<option>').val(name).text(name)));
    if (names.includes(String(chosen))) choice.val(chosen!);
  };
  choice.on('mousedown focus', fill);
  $('#netmon-poll-devices').on('change', fill);
  fill();
  tryOut<TryOutAnswer>($('#netmon-poll-test'), $('#netmon-poll-result'), {
    route: 'device-poll/try-out',
    translate: t,
    show: (result, answer) => showReadings(result, answer, t),
    body(): TryOutRequest {
      fill();
      const row = from.rows().find((row) => nameOf(row) === choice.val()) ?? from.rows()[0];
      if (!row) throw new Problem('noDevices');
      return {
        device: toDevice(row),
        access: {
          ...accessFields(String($('#node-input-access').val())),
          ...own?.mapping,
        },
      };
    },
  });
}

// The editor's own copy, for it may not be deployed yet.
function accessFields(id: string): EditedAccess {
  const node = RED.nodes.node(id) as unknown as EditedAccess | null;
  if (!node) throw new Problem('noAccess');
  const names = Object.keys(accessDefaults) as (keyof AccessConfig)[];
  const fields = Object.fromEntries(names.map((name) => [name, node[name]]));
  return { ...(fields as unknown as AccessConfig), id, credentials: node.credentials ?? {} };
}
