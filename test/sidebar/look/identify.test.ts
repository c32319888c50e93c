import assert from 'node:assert/strict';
import { enterprises } from '../../../nodes/sidebar/look/enterprises.ts';
import { kindOf, kindOfWords, modelOf, vendorOf } from '../../../nodes/sidebar/look/identify.ts';

/** Descriptions and object ids as devices tell them, what they work as, and what is to be read of that. */
const devices = [
  {
    objectId: '1.3.6.1.4.1.9.1.1208',
    description:
      'Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(2)E6, RELEASE SOFTWARE (fc1)',
    services: 6,
    is: ['Cisco', 'C2960X', 'switch'],
  },
  {
    objectId: '1.3.6.1.4.1.9.1.2494',
    description:
      'Cisco IOS Software [Everest], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 16.6.5, RELEASE SOFTWARE (fc3)',
    services: 6,
    is: ['Cisco', 'CAT9K', 'switch'],
  },
  {
    objectId: '1.3.6.1.4.1.9.12.3.1.3.1812',
    description: 'Cisco NX-OS(tm) n9000, Software (n9000-dk9), Version 9.3(5), RELEASE SOFTWARE',
    services: 70,
    is: ['Cisco', 'n9000', 'switch'],
  },
  {
    objectId: '1.3.6.1.4.1.9.1.1045',
    description: 'Cisco Adaptive Security Appliance Version 9.8(2)',
    services: 4,
    is: ['Cisco', undefined, 'router'],
  },
  {
    objectId: '1.3.6.1.4.1.9.6.1.95.28.5',
    description: 'SG350-28 28-Port Gigabit Managed Switch',
    services: 6,
    is: ['Cisco', 'SG350-28', 'switch'],
  },
  {
    objectId: '1.3.6.1.4.1.14988.1',
    description: 'RouterOS CRS326-24G-2S+',
    services: 78,
    is: ['MikroTik', 'CRS326-24G-2S+', 'switch'],
  },
  {
    objectId: '1.3.6.1.4.1.14988.1',
    description: 'RouterOS RB4011iGS+',
    services: 78,
    is: ['MikroTik', 'RB4011iGS+', 'router'],
  },
  {
    objectId: '1.3.6.1.4.1.11.2.3.7.11.160',
    description: 'HP J9775A 2530-48G Switch, revision YA.16.02.0012, ROM YA.15.19',
    services: 74,
    is: ['HP', 'J9775A 2530-48G', 'switch'],
  },
  {
    objectId: '1.3.6.1.4.1.11.2.3.9.1',
    description:
      'HP ETHERNET MULTI-ENVIRONMENT,ROM none,JETDIRECT,JD153,EEPROM V.33.97.14,CIDATE 09/07/2011',
    services: 64,
    is: ['HP', undefined, 'printer'],
  },
  {
    objectId: '1.3.6.1.4.1.2636.1.1.1.2.44',
    description: 'Juniper Networks, Inc. ex2200-24t-4g Ethernet Switch, kernel JUNOS 12.3R12.4',
    services: 6,
    is: ['Juniper', 'ex2200-24t-4g', 'switch'],
  },
  {
    objectId: '1.3.6.1.4.1.30065.1.3011.7050.1958.128',
    description: 'Arista Networks EOS version 4.15.3F running on an Arista Networks DCS-7050SX-128',
    services: 14,
    is: ['Arista', 'DCS-7050SX-128', 'switch'],
  },
  {
    objectId: '1.3.6.1.4.1.1916.2.250',
    description: 'ExtremeXOS (X440G2-24p-10G4) version 30.7.1.1 by release-manager',
    services: 7,
    is: ['Extreme Networks', 'X440G2-24p-10G4', 'switch'],
  },
  {
    objectId: '1.3.6.1.4.1.4526.100.4.19',
    description: 'GS724Tv4 ProSafe 24-port Gigabit Ethernet Smart Switch, 6.3.0.9, B1.0.0.4',
    services: 2,
    is: ['Netgear', 'GS724Tv4', 'switch'],
  },
  {
    objectId: '1.3.6.1.4.1.14823.1.2.71',
    description: 'ArubaOS (MODEL: 515), Version 8.6.0.4-8.6.0.4',
    services: 72,
    is: ['Aruba', '515', 'access-point'],
  },
  {
    objectId: '1.3.6.1.4.1.41112',
    description: 'UAP-AC-Pro-Gen2 4.3.28.11361',
    services: 72,
    is: ['Ubiquiti', 'UAP-AC-Pro-Gen2', 'access-point'],
  },
  {
    objectId: '1.3.6.1.4.1.4413',
    description: 'USW-24-PoE, 6.5.59.14777, Linux 3.6.5',
    services: 6,
    is: ['Broadcom', undefined, 'switch'],
  },
  {
    objectId: '1.3.6.1.4.1.41112.1.5',
    description: 'EdgeOS v2.0.9.5346345.201028.1647',
    services: 14,
    is: ['Ubiquiti', 'EdgeOS v2.0.9', 'router'],
  },
  {
    objectId: '1.3.6.1.4.1.12356.101.1.641',
    description: 'edge-2',
    services: 78,
    is: ['Fortinet', undefined, 'router'],
  },
  {
    objectId: '1.3.6.1.4.1.25461.2.3.38',
    description: 'Palo Alto Networks PA-220 series firewall',
    services: 127,
    is: ['Palo Alto Networks', 'PA-220', 'router'],
  },
  {
    objectId: '1.3.6.1.4.1.8072.3.2.10',
    description: 'Linux web-1 6.1.0-18-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 x86_64',
    services: 72,
    is: ['Net-SNMP', 'Linux 6.1.0-18-amd64', 'server'],
  },
  {
    objectId: '1.3.6.1.4.1.8072.3.2.10',
    description: 'a machine of ours',
    services: 0,
    is: ['Net-SNMP', undefined, 'server'],
  },
  {
    objectId: '1.3.6.1.4.1.12325.1.1.2.1.1',
    description: 'pfSense gw.example.org 2.7.0-RELEASE FreeBSD 14.0-CURRENT amd64',
    services: 76,
    is: ['FreeBSD', 'pfSense 2.7.0-RELEASE', 'router'],
  },
  {
    objectId: '1.3.6.1.4.1.311.1.1.3.1.2',
    description:
      'Hardware: Intel64 Family 6 Model 85 - Software: Windows Version 10.0 (Build 17763 Multiprocessor Free)',
    services: 76,
    is: ['Microsoft', 'Windows Version 10.0', 'server'],
  },
  {
    objectId: '1.3.6.1.4.1.318.1.3.27',
    description:
      'APC Web/SNMP Management Card (MB:v4.1.0 PF:v6.5.6 PN:apc_hw05_aos_656.bin MN:AP9630 HR:08 SN: X)',
    services: 72,
    is: ['APC', 'AP9630', 'ups'],
  },
  {
    objectId: '1.3.6.1.4.1.2435.2.3.9.1',
    description: 'Brother NC-8700w, Firmware Ver.1.09  ,MID 8CE-G20',
    services: 72,
    is: ['Brother', 'Brother NC-8700w', 'printer'],
  },
  // Nothing that tells: what it works as does.
  {
    objectId: '1.3.6.1.4.1.99999.1',
    description: 'box',
    services: 6,
    is: [undefined, undefined, 'switch'],
  },
  {
    objectId: '1.3.6.1.4.1.99999.1',
    description: 'box',
    services: 4,
    is: [undefined, undefined, 'router'],
  },
  {
    objectId: '1.3.6.1.4.1.99999.1',
    description: 'box',
    services: 72,
    is: [undefined, undefined, 'server'],
  },
  { objectId: '0.0', description: '', services: 0, is: [undefined, undefined, 'other'] },
] as const;

describe('what a device is', () => {
  for (const { objectId, description, services, is } of devices) {
    it(`is read of "${description.slice(0, 40)}" (${objectId}, ${services})`, () => {
      const system = { objectId, description, services };
      assert.deepEqual([vendorOf(objectId), modelOf(system), kindOf(system)], is);
    });
  }

  it('is its own name for its model, where its parts have one', () => {
    const system = { description: 'RouterOS RB4011iGS+', objectId: '1.3.6.1.4.1.14988.1' };
    assert.equal(modelOf({ ...system, physicalModel: 'WS-C2960X-48TS-L' }), 'WS-C2960X-48TS-L');
    assert.equal(modelOf({ ...system, physicalModel: '' }), 'RB4011iGS+');
  });

  it('is told by a vendor’s number alone, and by nothing like one', () => {
    assert.equal(vendorOf('1.3.6.1.4.1.9'), 'Cisco');
    for (const odd of [
      undefined,
      '',
      '1.3.6.1.4.1',
      '1.3.6.1.4.1.x',
      '1.3.6.1.4.10.9.1',
      '11.3.6.1.4.1.9',
    ]) {
      assert.equal(vendorOf(odd), undefined, odd);
    }
  });

  it('is told by the words of a web page', () => {
    assert.equal(kindOfWords('HP Color LaserJet MFP M477fdw'), 'printer');
    assert.equal(kindOfWords('FRITZ!Box'), 'router');
    assert.equal(kindOfWords('Welcome to nginx!'), undefined);
  });

  it('takes no long time to tell of a text that is made for it', () => {
    const long = 'Cisco IOS Software, ' + 'A-'.repeat(100) + 'J1'.repeat(50);
    for (const enterprise of Object.keys(enterprises)) {
      const system = { description: long, objectId: `1.3.6.1.4.1.${enterprise}.1` };
      assert.ok(kindOf(system));
      modelOf(system);
    }
  });
});
