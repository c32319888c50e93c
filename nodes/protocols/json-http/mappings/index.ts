import { aristaEapi } from './arista-eapi.ts';
import { ciscoNxApi } from './cisco-nx-api.ts';
import { fortigate } from './fortigate.ts';
import { ietfInterfaces } from './ietf-interfaces.ts';
import type { VendorMapping } from './mapping.ts';
import { mikrotik } from './mikrotik.ts';
import { openconfigInterfaces } from './openconfig-interfaces.ts';
import { unifi } from './unifi.ts';

/** The mappings that come with Netmon, by the names of their files. */
export const mappings: Readonly<Record<string, VendorMapping>> = {
  'ietf-interfaces': ietfInterfaces,
  'openconfig-interfaces': openconfigInterfaces,
  'arista-eapi': aristaEapi,
  'cisco-nx-api': ciscoNxApi,
  fortigate,
  mikrotik,
  unifi,
};
