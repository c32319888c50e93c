import { mappings } from '../protocols/json-http/mappings/index.ts';
import * as check from '../shared/check.ts';
import type { Device } from './devices.ts';

const mappingTypes = ['netmon', 'vendor', 'jsonata'] as const;
type MappingType = (typeof mappingTypes)[number];

/** A device poll as Node-RED keeps it. */
export interface PollConfig {
  name: string;
  devices: Device[];
  /** the id of the device access */
  access: string;
  /** whether a message may replace the devices */
  fromMessages: boolean;
  /** s between two polls of a device; 0 for on a message only */
  interval: number;
  /** polls at a time */
  limit: number;
  /** a JSONata expression, or the name of a vendor's mapping; unused where the type is netmon */
  mapping: string;
  mappingType: MappingType;
}

export const defaults: PollConfig = {
  name: '',
  devices: [],
  access: '',
  fromMessages: false,
  interval: 60,
  limit: 20,
  mapping: '',
  mappingType: 'netmon',
};

/** The checks of the fields that have one of their own; each returns the checked value. */
export const checks = {
  interval: (value: unknown) => {
    const seconds = check.number('interval', value, { min: 0, max: 86_400 });
    return seconds === 0 ? 0 : check.number('interval', value, { min: 1 });
  },
  limit: (value: unknown) => check.number('limit', value, { min: 1, max: 1000, integer: true }),
  fromMessages: (value: unknown) => check.boolean('fromMessages', value),
  vendor: (value: unknown) => check.oneOf('mapping', value, Object.keys(mappings)),
  mappingType: (value: unknown) => check.oneOf('mappingType', value, mappingTypes),
};
