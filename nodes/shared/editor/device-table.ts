import { type Device, readDevices, withAddress } from '../devices/devices.ts';
import { labelsFromText, labelsText } from '../labels-text.ts';
import { errorText, type Translate } from '../problem.ts';
import type { Column } from './column.ts';
import type { Row } from './rows.ts';
import type { Table } from './table.ts';

/** What a device is called, as the runtime has it: without a name it goes by its address. */
export function deviceName(row: Row | Device): string | undefined {
  const { name, address } = withAddress(row as Row);
  return (name || address || undefined) as string | undefined;
}

/** The columns of a table of devices. @param word gives the text of a key of the node's catalogue */
export function deviceColumns(word: (key: string) => string): Column[] {
  const column = (name: string): Column => ({
    name,
    label: word(`column.${name}`),
    placeholder: word(`placeholder.${name}`),
    width: '2fr',
  });
  return [
    column('address'),
    column('name'),
    {
      ...column('labels'),
      parse: (text) => labelsFromText('labels', text),
      show: (labels) => labelsText((labels ?? {}) as Record<string, string>),
    },
  ];
}

/**
 * Lets a text be pasted into a table of devices, as a whole or not at all. A row of a name that is there already takes
 * its place.
 * @param prefix of the ids of the elements for it, such as `#netmon-poll`
 */
export function offerPasting(into: Table, prefix: string, t: Translate): void {
  const text = $(`${prefix}-text`);
  const trouble = $(`${prefix}-text-trouble`);
  const read = () => readDevices(String(text.val()));
  const check = () => {
    const { problems } = String(text.val()).trim() === '' ? { problems: [] } : read();
    trouble.text(problems.map((problem) => errorText(problem, t)).join('\n'));
    $(`${prefix}-take`).prop('disabled', problems.length > 0);
  };
  $(`${prefix}-paste`).on('click', () => {
    $(`${prefix}-pasted`).toggle();
    text.trigger('focus');
  });
  text.on('input', check);
  $(`${prefix}-take`).on('click', () => {
    const pasted = read().devices;
    const names = new Set(pasted.map(({ name }) => name));
    const kept = into.rows().filter((row) => {
      const name = deviceName(row);
      return name !== undefined && !names.has(name);
    });
    into.replace([...kept, ...(pasted as unknown as Row[])]);
    text.val('');
    $(`${prefix}-pasted`).hide();
  });
}
