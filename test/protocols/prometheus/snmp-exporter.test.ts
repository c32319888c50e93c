import assert from 'node:assert/strict';
import { readSnmpExporter } from '../../../nodes/protocols/prometheus/snmp-exporter.ts';
import { atOnce } from '../../../nodes/shared/steps.ts';
import { seriesOf } from './read.ts';

const port = (n: number) =>
  `{ifAlias="to core ${n}",ifDescr="Port ${n}",ifIndex="${n}",ifName="eth${n}"}`;

describe('readSnmpExporter', () => {
  it('reads interfaces as SNMP itself is read', () => {
    const text = `
ifAdminStatus${port(1)} 1
ifOperStatus${port(1)} 1
ifAdminStatus${port(2)} 2
ifOperStatus${port(2)} 2
ifHCInOctets${port(1)} 1.8e+19
ifHCOutOctets${port(1)} 5
ifInOctets${port(1)} 7
ifHCInUcastPkts${port(1)} 10
ifHCInMulticastPkts${port(1)} 2
ifHCInBroadcastPkts${port(1)} 1
ifInErrors${port(1)} 3
ifInOctets${port(2)} 8
ifHighSpeed${port(1)} 10000
ifSpeed${port(1)} 4.294967295e+09
ifHighSpeed${port(2)} 0
ifType${port(1)} 6
ifCounterDiscontinuityTime${port(1)} 12
ifSpeed{ifIndex="3"} 1e+06
sysUpTime 123456
`;
    assert.deepEqual(atOnce(readSnmpExporter(seriesOf(text))), {
      interfaces: [
        {
          name: 'eth1',
          index: 1,
          alias: 'to core 1',
          type: 'ethernet',
          speed: 1e10,
          up: true,
          adminUp: true,
          inOctets: 18_000_000_000_000_000_000n,
          outOctets: 5,
          inPackets: 13,
          inErrors: 3,
          bits: { inOctets: 64, outOctets: 64, inPackets: 64, inErrors: 32 },
          discontinuity: 12,
        },
        {
          name: 'eth2',
          index: 2,
          alias: 'to core 2',
          up: false,
          adminUp: false,
          inOctets: 8,
          bits: { inOctets: 32 },
        },
        { name: '3', index: 3, speed: 1e6, bits: {} },
      ],
      uptime: 1234.56,
      readings: [{ metric: 'uptime', value: 1234.56, unit: 's' }],
    });
  });

  it('says nothing of what is not there', () => {
    assert.deepEqual(atOnce(readSnmpExporter(seriesOf('up 1'))), {});
  });
});
