import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../test/support/free-port.ts';
import { isInstalled, start } from '../test/support/program.ts';

const ifEntry = '1.3.6.1.2.1.2.2.1';
const ifXEntry = '1.3.6.1.2.1.31.1.1.1';

// The columns of snmp_exporter's own module if_mib.
const columns: [oid: string, name: string, type: string][] = [
  ...'Index Descr=t Type Mtu Speed PhysAddress=p AdminStatus OperStatus LastChange InOctets=c InUcastPkts=c InNUcastPkts=c InDiscards=c InErrors=c InUnknownProtos=c OutOctets=c OutUcastPkts=c OutNUcastPkts=c OutDiscards=c OutErrors=c'
    .split(' ')
    .map((name, i) => column(ifEntry, name, i)),
  ...'Name=t InMulticastPkts=c InBroadcastPkts=c OutMulticastPkts=c OutBroadcastPkts=c HCInOctets=c HCInUcastPkts=c HCInMulticastPkts=c HCInBroadcastPkts=c HCOutOctets=c HCOutUcastPkts=c HCOutMulticastPkts=c HCOutBroadcastPkts=c LinkUpDownTrapEnable HighSpeed PromiscuousMode ConnectorPresent Alias=t CounterDiscontinuityTime'
    .split(' ')
    .map((name, i) => column(ifXEntry, name, i)),
];

function column(entry: string, word: string, i: number): [string, string, string] {
  const [name, kind = 'g'] = word.split('=');
  const types: Record<string, string> = {
    t: 'DisplayString',
    p: 'PhysAddress48',
    c: 'counter',
    g: 'gauge',
  };
  return [`${entry}.${i + 1}`, `if${name}`, types[kind]!];
}

const lookup = (labelname: string, oid: string) => ({
  labels: ['ifIndex'],
  labelname,
  oid,
  type: 'DisplayString',
});

// JSON is YAML.
const config = {
  if_mib: {
    walk: ['1.3.6.1.2.1.2', '1.3.6.1.2.1.31.1.1'],
    get: ['1.3.6.1.2.1.1.3.0'],
    metrics: columns.map(([oid, name, type]) => ({
      name,
      oid,
      type,
      help: name,
      indexes: [{ labelname: 'ifIndex', type: 'gauge' }],
      lookups: [
        lookup('ifAlias', `${ifXEntry}.18`),
        lookup('ifDescr', `${ifEntry}.2`),
        lookup('ifName', `${ifXEntry}.1`),
      ],
    })),
    version: 2,
    auth: { community: 'public' },
  },
};

/** A running prometheus-snmp-exporter. */
export interface Exporter {
  /** Scrapes a device's interfaces. */
  scrape(address: string): Promise<void>;
  /** ms of CPU that it has used so far */
  cpu(): Promise<number>;
}

/** Starts Debian's prometheus-snmp-exporter with its module for interfaces; undefined without one. */
export async function startExporter(): Promise<Exporter | undefined> {
  if (!isInstalled('prometheus-snmp-exporter')) return undefined;
  const file = join(tmpdir(), `netmon-bench-snmp-${process.pid}.yml`);
  await writeFile(file, JSON.stringify(config));
  const address = `127.0.0.1:${await freePort()}`;
  const args = [`--config.file=${file}`, `--web.listen-address=${address}`];
  const { pid } = start('prometheus-snmp-exporter', args);
  for (let left = 100; left > 0; left--) {
    if (await fetch(`http://${address}/`).catch(() => undefined)) break;
    await wait(100);
  }
  return {
    async scrape(target) {
      const url = `http://${address}/snmp?module=if_mib&target=${encodeURIComponent(target)}`;
      const text = await (await fetch(url)).text();
      if (text.split('ifHCInOctets{').length !== 49) throw new Error(text.slice(0, 500));
    },
    async cpu() {
      // proc(5): utime and stime, in ticks of 10 ms
      const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
  };
}
