import { mappings } from '../protocols/json-http/mappings/index.ts';
import * as check from '../shared/check.ts';
import {
  choice,
  flag,
  number,
  setting,
  settings,
  unchecked,
  type Values,
} from '../shared/settings.ts';
import { type Device, readDevices } from './devices.ts';

const mappingTypes = ['netmon', 'vendor', 'jsonata'] as const;

export const pollSettings = settings({
  name: unchecked(''),
  devices: setting<Device[], Device[]>([], checkDevices),
  /** the id of the device access */
  access: unchecked(''),
  /** whether a message may replace the devices */
  fromMessages: flag(false),
  /** s between two polls of a device; 0 for on a message only */
  interval: setting(60, (field, value) => {
    const seconds = check.number(field, value, { min: 0, max: 86_400 });
    return 1000 * (seconds === 0 ? 0 : check.number(field, value, { min: 1 }));
  }),
  /** polls at a time */
  limit: number(20, { min: 1, max: 1000, integer: true }),
  /** a JSONata expression, or the name of a vendor's mapping; unused where the type is netmon */
  mapping: unchecked(''),
  mappingType: choice('netmon', mappingTypes),
});

export const { defaults } = pollSettings;
/** `interval` comes out in ms. */
export const checks = {
  ...pollSettings.checks,
  vendor: (value: unknown) => check.oneOf('mapping', value, Object.keys(mappings)),
};
/** A device poll as Node-RED keeps it. */
export type PollConfig = Values<typeof pollSettings>;

// Only the dialog refuses the whole list for a bad row.
function checkDevices(_: string, value: unknown): Device[] {
  const { devices, problems } = readDevices(value);
  if (problems[0]) throw problems[0];
  return devices;
}
