import assert from 'node:assert/strict';
import { readNodeExporter } from '../../../nodes/protocols/prometheus/node-exporter.ts';
import { atOnce } from '../../../nodes/shared/steps.ts';
import { seriesOf } from './read.ts';

const now = 1_795_362_000_000;
const read = (text: string) => atOnce(readNodeExporter(seriesOf(text), now));

describe('readNodeExporter', () => {
  it('does not call down a bridge that has nothing on it', () => {
    const names = ['docker0', 'br-0123456789ab', 'virbr0', 'br0', 'eth0'];
    const text = names.map((name) => `node_network_up{device="${name}"} 0`);
    const { interfaces } = read([...text, 'node_network_up{device="docker1"} 1'].join('\n'));
    assert.deepEqual(
      interfaces!.map(({ name, up }) => [name, up]),
      [
        ['docker0', undefined],
        ['br-0123456789ab', undefined],
        ['virbr0', undefined],
        ['br0', false],
        ['eth0', false],
        ['docker1', true],
      ],
    );
  });

  it('reads interfaces', () => {
    const text = `
node_network_iface_id{device="eth0"} 4
node_network_iface_id{device="lo"} 1
node_network_info{address="02:fc:00:00:00:01",adminstate="up",device="eth0",duplex="full",ifalias="uplink",operstate="up"} 1
node_network_info{address="00:00:00:00:00:00",device="lo",duplex="",ifalias="",operstate="unknown"} 1
node_network_info{device="eth1",adminstate="down",duplex="unknown",operstate="down"} 1
node_network_receive_bytes_total{device="eth0"} 9.93708184e+08
node_network_receive_bytes_total{device="eth1"} 0
node_network_receive_bytes_total{device="lo"} 120
node_network_transmit_bytes_total{device="eth0"} 5
node_network_receive_packets_total{device="eth0"} 10
node_network_transmit_packets_total{device="eth0"} 11
node_network_receive_errs_total{device="eth0"} 1
node_network_transmit_errs_total{device="eth0"} 2
node_network_receive_drop_total{device="eth0"} 3
node_network_transmit_drop_total{device="eth0"} 4
node_network_speed_bytes{device="eth0"} 1.25e+08
node_network_speed_bytes{device="eth1"} -125000
node_network_up{device="eth0"} 1
node_network_up{device="eth1"} 0
node_network_up{device="lo"} 0
`;
    assert.deepEqual(read(text), {
      interfaces: [
        {
          name: 'eth0',
          inOctets: 993708184,
          outOctets: 5,
          inPackets: 10,
          outPackets: 11,
          inErrors: 1,
          outErrors: 2,
          inDiscards: 3,
          outDiscards: 4,
          index: 4,
          speed: 1e9,
          up: true,
          adminUp: true,
          duplex: 'full',
          alias: 'uplink',
        },
        { name: 'eth1', inOctets: 0, up: false, adminUp: false },
        { name: 'lo', inOctets: 120, index: 1 },
      ],
      readings: [],
    });
  });

  it('reads the host', () => {
    const text = `
node_boot_time_seconds 1.795358e+09
node_time_seconds 1.7953605e+09
node_cpu_seconds_total{cpu="0",mode="idle"} 2500
node_cpu_seconds_total{cpu="0",mode="iowait"} 10
node_cpu_seconds_total{cpu="0",mode="user"} 100
node_cpu_seconds_total{cpu="0",mode="steal"} 1.5
node_cpu_seconds_total{cpu="1",mode="idle"} 2500
node_cpu_seconds_total{cpu="1",mode="system"} 20
node_memory_MemAvailable_bytes 3e+09
node_memory_MemTotal_bytes 4e+09
node_memory_SwapFree_bytes 0
node_memory_SwapTotal_bytes 0
node_filesystem_avail_bytes{device="/dev/vda",fstype="ext4",mountpoint="/"} 60
node_filesystem_free_bytes{device="/dev/vda",fstype="ext4",mountpoint="/"} 80
node_filesystem_size_bytes{device="/dev/vda",fstype="ext4",mountpoint="/"} 100
node_filesystem_avail_bytes{device="tmpfs",fstype="tmpfs",mountpoint="/run"} 1
node_filesystem_free_bytes{device="tmpfs",fstype="tmpfs",mountpoint="/run"} 1
node_filesystem_size_bytes{device="tmpfs",fstype="tmpfs",mountpoint="/run"} 1
node_filesystem_size_bytes{device="/dev/vdb",fstype="ext4",mountpoint="/half-told"} 100
node_load1 7.98
node_load15 3.27
node_load5 5.43
node_hwmon_sensor_label{chip="platform_coretemp_0",label="Package id 0",sensor="temp1"} 1
node_hwmon_temp_celsius{chip="platform_coretemp_0",sensor="temp1"} 54
node_hwmon_temp_celsius{chip="nvme_nvme0",sensor="temp1"} 38.85
node_thermal_zone_temp{type="acpitz",zone="0"} 27.8
`;
    assert.deepEqual(read(text), {
      uptime: 2500,
      readings: [
        { metric: 'uptime', value: 2500, unit: 's' },
        { metric: 'cpu_usage', value: 121.5, unit: '%', counter: true, scale: 50 },
        { metric: 'memory_usage', value: 25, unit: '%' },
        {
          metric: 'disk_usage',
          value: 25,
          unit: '%',
          labels: { disk: '/' },
          info: { device: '/dev/vda', type: 'ext4' },
        },
        { metric: 'load_average', value: 7.98, unit: '1', labels: { period: '1m' } },
        { metric: 'load_average', value: 5.43, unit: '1', labels: { period: '5m' } },
        { metric: 'load_average', value: 3.27, unit: '1', labels: { period: '15m' } },
        {
          metric: 'temperature',
          value: 54,
          unit: '°C',
          labels: { sensor: 'platform_coretemp_0 Package id 0' },
        },
        { metric: 'temperature', value: 38.85, unit: '°C', labels: { sensor: 'nvme_nvme0 temp1' } },
        { metric: 'temperature', value: 27.8, unit: '°C', labels: { sensor: 'acpitz 0' } },
      ],
    });
  });

  it('knows memory and uptime of hosts that tell less', () => {
    const text = `
node_boot_time_seconds 1.7953619e+09
node_memory_MemTotal_bytes 100
node_memory_MemFree_bytes 20
node_memory_Buffers_bytes 10
node_memory_Cached_bytes 20
`;
    assert.deepEqual(read(text), {
      uptime: 100,
      readings: [
        { metric: 'uptime', value: 100, unit: 's' },
        { metric: 'memory_usage', value: 50, unit: '%' },
      ],
    });
  });

  it('knows ZFS, faulty sensors, images, inodes and what is read-only', () => {
    const fs = (mountpoint: string, fstype: string, size: number, free: number, readonly = 0) => {
      const labels = `device="/dev/${mountpoint.slice(1) || 'root'}",fstype="${fstype}",mountpoint="${mountpoint}"`;
      return [
        `node_filesystem_size_bytes{${labels}} ${size}`,
        `node_filesystem_free_bytes{${labels}} ${free}`,
        `node_filesystem_avail_bytes{${labels}} ${free}`,
        `node_filesystem_files{${labels}} 200`,
        `node_filesystem_files_free{${labels}} 50`,
        `node_filesystem_readonly{${labels}} ${readonly}`,
      ].join('\n');
    };
    const text = `
node_uname_info{nodename="db-1",sysname="Linux"} 1
node_memory_MemTotal_bytes 64
node_memory_MemAvailable_bytes 8
node_zfs_arc_size 50
node_zfs_arc_c_min 2
${fs('/', 'ext4', 100, 20)}
${fs('/usr', 'erofs', 100, 0, 1)}
${fs('/iso', 'udf', 100, 0, 1)}
${fs('/image', 'ext4', 100, 0, 1)}
${fs('/locked', 'ext4', 100, 50, 1)}
node_hwmon_sensor_label{chip="hwmon4",label="foosensor",sensor="temp1"} 1
node_hwmon_sensor_label{chip="hwmon4",label="foosensor",sensor="temp2"} 1
node_hwmon_temp_celsius{chip="hwmon4",sensor="temp1"} 55
node_hwmon_temp_celsius{chip="hwmon4",sensor="temp2"} 54
node_hwmon_temp_celsius{chip="hwmon5",sensor="temp1"} 65261.85
node_hwmon_temp_celsius{chip="hwmon5",sensor="temp2"} -273.15
node_hwmon_temp_celsius{chip="hwmon5",sensor="temp3"} 40
node_hwmon_temp_fault{chip="hwmon5",sensor="temp3"} 1
`;
    const { hostname, readings } = read(text);
    assert.equal(hostname, 'db-1');
    assert.deepEqual(
      readings!.map(({ metric, value, labels = {} }) =>
        [metric, ...Object.values(labels), value].join(' '),
      ),
      [
        'memory_usage 12.5',
        'disk_usage / 80',
        'inode_usage / 75',
        'disk_read_only / 0',
        'disk_read_only /image 1',
        'disk_read_only /locked 1',
        'temperature hwmon4 foosensor temp1 55',
        'temperature hwmon4 foosensor temp2 54',
      ],
    );
  });

  it('says nothing of what is not there', () => {
    assert.deepEqual(read('up 1'), { readings: [] });
  });
});
