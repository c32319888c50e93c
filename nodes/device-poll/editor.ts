import type { EditorNodeProperties, EditorRED } from 'node-red';
import { type AccessConfig, defaults as accessDefaults } from '../device-access/config.ts';
import type { EditedAccess } from '../device-access/edited-access.ts';
import { fieldSets } from '../protocols/fields.ts';
import { checkUnique, type Device, toDevice, withAddress } from '../shared/devices/devices.ts';
import { deviceColumns, deviceName, offerPasting } from '../shared/editor/device-table.ts';
import { dialogDefaults } from '../shared/editor/dialog-defaults.ts';
import { inPalette } from '../shared/editor/in-palette.ts';
import { askForInterfaces, offerAddresses } from '../shared/editor/open-addresses.ts';
import type { Row } from '../shared/editor/rows.ts';
import { Table } from '../shared/editor/table.ts';
import { translator } from '../shared/editor/translate.ts';
import { tryOut } from '../shared/editor/try-out.ts';
import { validator } from '../shared/editor/validate.ts';
import { withVersions } from '../shared/editor/with-versions.ts';
import { errorText, Problem } from '../shared/problem.ts';
import { defaults, type PollConfig, pollSettings } from './config.ts';
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
    onpaletteadd: () => inPalette('netmon-device-poll', t('device-poll.found')),
    label() {
      const [first, ...more] = this.devices;
      return (
        this.name || (more.length === 0 && first && deviceName(first)) || t('device-poll.type')
      );
    },
    labelStyle() {
      return this.name ? 'node_label_italic' : '';
    },
    oneditprepare() {
      devices = deviceTable(this.devices);
      offerAddresses(() =>
        devices!.rows().flatMap(({ address }) => (typeof address === 'string' ? [address] : [])),
      );
      offerPasting(devices, '#netmon-poll', t);
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

function deviceTable(rows: Device[]): Table {
  const made = new Table($('#netmon-poll-devices'), {
    columns: deviceColumns((key) => t(`device-poll.${key}`)),
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

function test(from: Table) {
  const choice = $('#netmon-poll-test-device');
  const fill = () => {
    const chosen = choice.val();
    const names = from.rows().flatMap((row) => deviceName(row) ?? []);
    choice.empty().append(names.map((name) => $('<option>').val(name).text(name)));
    if (names.includes(String(chosen))) choice.val(chosen!);
  };
  choice.on('mousedown focus', fill);
  $('#netmon-poll-devices').on('change', fill);
  fill();
  const chosen = () => {
    fill();
    const row = from.rows().find((row) => deviceName(row) === choice.val()) ?? from.rows()[0];
    if (!row) throw new Problem('noDevices');
    return toDevice(row);
  };
  listInterfaces(chosen);
  tryOut<TryOutAnswer>($('#netmon-poll-test'), $('#netmon-poll-result'), {
    route: 'device-poll/try-out',
    translate: t,
    show: (result, answer) => showReadings(result, answer, t),
    body(): TryOutRequest {
      return {
        device: chosen(),
        access: {
          ...accessFields(String($('#node-input-access').val())),
          ...own?.mapping,
        },
      };
    },
  });
}

// They are chosen in the access, whose dialog opens with the list of them.
function listInterfaces(chosen: () => Device) {
  const access = $('#node-input-access');
  const button = $('#netmon-poll-interfaces');
  const protocol = () => {
    const node = RED.nodes.node(String(access.val())) as Partial<AccessConfig> | null;
    return node?.protocol;
  };
  const adapt = () => {
    const known = protocol();
    button.toggle(known !== undefined && 'interfaceNames' in fieldSets[known].defaults);
  };
  access.on('change', adapt);
  adapt();
  button.on('click', () => {
    const result = $('#netmon-poll-result').empty();
    try {
      askForInterfaces(chosen().address);
      RED.editor.editConfig('access', 'netmon-device-access', String(access.val()), 'node-input');
    } catch (error) {
      $('<div class="netmon-trouble">').text(errorText(error, t)).appendTo(result);
    }
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
