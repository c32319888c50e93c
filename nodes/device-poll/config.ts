import { type MappingFields, mappingTypes } from '../protocols/json-http/fields.ts';
import * as check from '../shared/check.ts';
import { type Device, readDevices } from '../shared/devices/devices.ts';
import {
  choice,
  flag,
  number,
  setting,
  settings,
  unchecked,
  type Values,
} from '../shared/settings.ts';

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
  /** a mapping of its own, as device polls had them before their access did; see {@link ownMapping} */
  mapping: unchecked(''),
  mappingType: choice('netmon', mappingTypes),
});

export const { defaults } = pollSettings;
/** `interval` comes out in ms. */
export const { checks } = pollSettings;
/** A device poll as Node-RED keeps it. */
export type PollConfig = Values<typeof pollSettings>;

/** The mapping that goes before that of the access. Undefined where there is none: so in all new device polls. */
export function ownMapping({ mapping, mappingType }: MappingFields): MappingFields | undefined {
  return checks.mappingType(mappingType) === 'netmon' ? undefined : { mapping, mappingType };
}

// Only the dialog refuses the whole list for a bad row.
function checkDevices(_: string, value: unknown): Device[] {
  const { devices, problems } = readDevices(value);
  if (problems[0]) throw problems[0];
  return devices;
}
