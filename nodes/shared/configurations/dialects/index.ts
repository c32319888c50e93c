import type { Dialect } from '../dialect.ts';
import { aosCx } from './aos-cx.ts';
import { aosS } from './aos-s.ts';
import { asa } from './asa.ts';
import { eos } from './eos.ts';
import { fortigate, fortigateHttp } from './fortigate.ts';
import { ios } from './ios.ts';
import { junos } from './junos.ts';
import { linux } from './linux.ts';
import { netgear } from './netgear.ts';
import { nxos } from './nxos.ts';
import { openwrt } from './openwrt.ts';
import { opnsense, opnsenseHttp, pfsense } from './opnsense.ts';
import { routeros, routeros6 } from './routeros.ts';
import { tpLink } from './tp-link.ts';
import { unifi } from './unifi.ts';
import { vyos } from './vyos.ts';

/** All that Netmon knows, by their labels. */
export const dialects: readonly Dialect[] = [
  ...[eos, aosCx, aosS, asa, ios, nxos],
  ...[fortigateHttp, fortigate, junos, linux],
  ...[routeros6, routeros, netgear],
  ...[openwrt, opnsenseHttp, opnsense, pfsense],
  ...[tpLink, unifi, vyos],
];
