import assert from 'node:assert/strict';
import { readCpu } from '../../nodes/host-metrics/linux/cpu.ts';
import { readDisks } from '../../nodes/host-metrics/linux/disks.ts';
import type { Files, Space } from '../../nodes/host-metrics/linux/files.ts';
import { readInterfaces } from '../../nodes/host-metrics/linux/interfaces.ts';
import { readMemory } from '../../nodes/host-metrics/linux/memory.ts';
import { Processes } from '../../nodes/host-metrics/linux/processes.ts';
import { readTemperatures } from '../../nodes/host-metrics/linux/temperatures.ts';
import { diskSamples } from '../../nodes/host-metrics/samples.ts';
import { FakeClock } from '../support/fake-clock.ts';

/** The kernel's files: texts by path, and the space of mounts. */
function kernel(texts: Record<string, string>, spaces: Record<string, Space> = {}): Files {
  return {
    async text(path) {
      const text = texts[path];
      if (text === undefined) throw new Error(`ENOENT: ${path}`);
      return text;
    },
    async names(directory) {
      const below = Object.keys(texts).filter((path) => path.startsWith(`${directory}/`));
      return [...new Set(below.map((path) => path.slice(directory.length + 1).split('/')[0]!))];
    },
    space: async (mount) => spaces[mount],
  };
}

describe('Linux: CPU', () => {
  it('counts waiting as idle, and a guest only once', async () => {
    const stat =
      'cpu  100 2 30 800 40 5 6 7 50 0\n' +
      'cpu0 50 1 20 400 20 3 4 5 25 0\n' +
      'cpu3 50 1 10 400 20 2 2 2 25 0\n' +
      'intr 12345 0 9\nctxt 678\n';
    assert.deepEqual(await readCpu(kernel({ '/proc/stat': stat }), 0), [
      { core: '0', busy: 83, total: 503 },
      { core: '3', busy: 67, total: 487 },
    ]);
  });
});

describe('Linux: a container with limits of its own', () => {
  const host = {
    '/proc/stat': 'cpu0 50 0 0 50 0 0 0 0 0 0\ncpu1 50 0 0 50 0 0 0 0 0 0\n',
    '/proc/meminfo': 'MemTotal: 8000000 kB\nMemAvailable: 4000000 kB\n',
  };
  const version2 = {
    '/sys/fs/cgroup/memory.max': '1000000\n',
    '/sys/fs/cgroup/memory.current': '600000\n',
    '/sys/fs/cgroup/memory.stat': 'anon 1\ninactive_file 200000\n',
    '/sys/fs/cgroup/cpu.max': '50000 100000\n',
    '/sys/fs/cgroup/cpu.stat': 'usage_usec 250000\nuser_usec 1\n',
  };
  const version1 = {
    '/sys/fs/cgroup/memory/memory.limit_in_bytes': '1000000\n',
    '/sys/fs/cgroup/memory/memory.usage_in_bytes': '600000\n',
    '/sys/fs/cgroup/memory/memory.stat': 'inactive_file 1\ntotal_inactive_file 200000\n',
    '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '50000\n',
    '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
    '/sys/fs/cgroup/cpuacct/cpuacct.usage': '250000000\n',
  };

  for (const [name, limits] of [
    ['2', version2],
    ['1', version1],
  ] as const) {
    it(`tells its own use, by control groups of version ${name}`, async () => {
      const files = kernel({ ...host, ...limits });
      const { total, available } = await readMemory(files);
      assert.deepEqual({ total, available }, { total: 1_000_000, available: 600_000 });
      assert.deepEqual(await readCpu(files, 4000), [{ core: '0', busy: 250, total: 2000 }]);
    });
  }

  it('tells the host’s where it has none', async () => {
    const files = kernel({
      ...host,
      '/sys/fs/cgroup/memory.max': 'max\n',
      '/sys/fs/cgroup/memory.current': '600000\n',
      '/sys/fs/cgroup/cpu.max': 'max 100000\n',
      '/sys/fs/cgroup/cpu.stat': 'usage_usec 250000\n',
    });
    assert.equal((await readMemory(files)).total, 8_192_000_000);
    assert.equal((await readCpu(files, 0)).length, 2);
  });
});

describe('Linux: memory', () => {
  it('counts the cache as available', async () => {
    const meminfo =
      'MemTotal:       1000 kB\nMemFree:         100 kB\nMemAvailable:    700 kB\n' +
      'Cached:          650 kB\nSwapTotal:       200 kB\nSwapFree:        150 kB\n' +
      'HugePages_Total:   0\n';
    assert.deepEqual(await readMemory(kernel({ '/proc/meminfo': meminfo })), {
      total: 1_024_000,
      available: 716_800,
      swapTotal: 204_800,
      swapUsed: 51_200,
    });
  });
});

describe('Linux: memory that is given back', () => {
  const use = async (meminfo: string, more: Record<string, string> = {}) => {
    const { total, available } = await readMemory(kernel({ '/proc/meminfo': meminfo, ...more }));
    return Math.round((1 - available / total) * 1000) / 10;
  };

  it('is that of ZFS too, but for its least', async () => {
    const meminfo = 'MemTotal: 64000 kB\nMemAvailable: 8000 kB\n';
    const arcstats = `13 1 0x01\nname type data\nsize 4 ${50_000 * 1024}\nc_min 4 ${2000 * 1024}\n`;
    assert.equal(await use(meminfo, { '/proc/spl/kstat/zfs/arcstats': arcstats }), 12.5);
  });

  it('is reckoned where the kernel does not tell what is available', async () => {
    const meminfo =
      'MemTotal: 1000 kB\nMemFree: 100 kB\nBuffers: 50 kB\nCached: 600 kB\nShmem: 50 kB\nSReclaimable: 50 kB\n';
    assert.equal(await use(meminfo), 25);
  });
});

describe('Linux: disks', () => {
  const space = { size: 100, free: 40, available: 30 };

  it('are the file systems that can fill up, each once', async () => {
    const mounts = [
      'overlay / overlay rw,relatime,lowerdir=/a:/b 0 0',
      'proc /proc proc rw 0 0',
      'tmpfs /run tmpfs rw 0 0',
      '/dev/sda1 /etc/hosts ext4 rw 0 0',
      '/dev/sda1 /data ext4 rw 0 0',
      '/dev/sda1 /again ext4 rw 0 0',
      '/dev/loop3 /snap/core squashfs ro 0 0',
      'nas:/share /mnt/nas nfs4 rw 0 0',
      'tank/home /home zfs rw 0 0',
      '/dev/sdb1 /media/my\\040disk exfat rw 0 0',
      '',
    ].join('\n');
    const spaces = Object.fromEntries(
      ['/', '/data', '/again', '/home', '/media/my disk', '/mnt/nas', '/run', '/snap/core'].map(
        (mount) => [mount, space],
      ),
    );
    const disks = await readDisks(kernel({ '/proc/mounts': mounts }, spaces));
    assert.deepEqual(
      disks.map((d) => d.mount),
      ['/', '/data', '/home', '/media/my disk'],
    );
    assert.deepEqual(disks[1], {
      mount: '/data',
      device: '/dev/sda1',
      type: 'ext4',
      used: 60,
      available: 30,
      isReadOnly: false,
    });
  });
});

describe('Linux: disks that are read-only or hidden', () => {
  it('tell so, and fill neither', async () => {
    const mounts = [
      '/dev/sda1 / ext4 ro 0 0',
      '/dev/sda2 /data ext4 rw 0 0',
      '/dev/sdb1 /data xfs rw 0 0',
      '/dev/sr0 /media/cd udf ro 0 0',
      '/dev/sdc1 /image ext4 ro 0 0',
    ].join('\n');
    const space = { size: 100, free: 40, available: 30, inodes: 200, freeInodes: 50 };
    const spaces = {
      '/': space,
      '/data': space,
      '/media/cd': { ...space, free: 0 },
      '/image': { ...space, free: 0 },
    };
    const disks = await readDisks(kernel({ '/proc/mounts': mounts }, spaces));
    assert.deepEqual(
      disks.map(({ mount, device, isReadOnly }) => [mount, device, isReadOnly]),
      [
        ['/', '/dev/sda1', true],
        ['/data', '/dev/sdb1', false],
        ['/image', '/dev/sdc1', true],
      ],
    );
    assert.deepEqual(
      diskSamples(disks).map(({ metric, value, labels }) => [metric, value, labels!.disk]),
      [
        ['disk_read_only', 1, '/'],
        ['disk_usage', (60 / 90) * 100, '/data'],
        ['inode_usage', 75, '/data'],
        ['disk_read_only', 0, '/data'],
        ['disk_read_only', 1, '/image'],
      ],
    );
  });

  it('are told by a mount that can be written rather than by a part that cannot', async () => {
    const mounts =
      '/dev/sda1 /usr ext4 ro 0 0\n/dev/sda1 / ext4 rw 0 0\n/dev/sda1 /etc ext4 ro 0 0\n';
    const space = { size: 100, free: 40, available: 30 };
    const disks = await readDisks(
      kernel({ '/proc/mounts': mounts }, { '/': space, '/usr': space, '/etc': space }),
    );
    assert.deepEqual(
      disks.map(({ mount, isReadOnly }) => [mount, isReadOnly]),
      [['/', false]],
    );
  });
});

describe('Linux: interfaces', () => {
  const dev =
    'Inter-|   Receive                                                |  Transmit\n' +
    ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop\n' +
    '    lo:     100       1    0    0    0     0          0         0      100       1    0    0    0     0       0          0\n' +
    'eth0: 9007199254740993 28775  1    2    0     0          0         0  2933648   19338    3    4    0     0       0          0\n' +
    '  tun0:       5       1    0    0    0     0          0         0        7       1    0    0    0     0       0          0\n';
  const net = (name: string, attributes: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(attributes).map(([key, text]) => [`/sys/class/net/${name}/${key}`, text]),
    );
  const files = kernel({
    '/proc/net/dev': dev,
    ...net('lo', { uevent: 'INTERFACE=lo\nIFINDEX=1\n', operstate: 'unknown\n', flags: '0x9\n' }),
    ...net('eth0', {
      uevent: 'DEVTYPE=wlan\nINTERFACE=eth0\nIFINDEX=2\n',
      operstate: 'down\n',
      flags: '0x1003\n',
      ifalias: 'uplink\n',
      duplex: 'half\n',
      speed: '1000\n',
    }),
    ...net('tun0', { operstate: 'unknown\n', flags: '0x1090\n', speed: '10\n', tun_flags: '0x1' }),
  });

  const clock = new FakeClock({ steady: 5000 });

  it('have exact counts and what the kernel knows of them', async () => {
    assert.deepEqual(await readInterfaces(files, (name) => name === 'eth0', clock), [
      {
        name: 'eth0',
        countedAt: 5000,
        index: 2,
        type: 'wlan',
        alias: 'uplink',
        up: false,
        adminUp: true,
        duplex: 'half',
        speed: 1e9,
        inOctets: 9007199254740993n,
        outOctets: 2933648,
        inPackets: 28775,
        outPackets: 19338,
        inErrors: 1,
        outErrors: 3,
        inDiscards: 2,
        outDiscards: 4,
      },
    ]);
  });

  it('were counted when the counts had been read, however long all else takes', async () => {
    const clock = new FakeClock();
    const slow: Files = {
      ...files,
      text: async (path) => {
        clock.skip(100);
        return files.text(path);
      },
    };
    const [loopback, ethernet] = await readInterfaces(slow, () => true, clock);
    assert.deepEqual([loopback?.countedAt, ethernet?.countedAt], [100, 100]);
  });

  it('is a bridge with nothing on it, which is not down', async () => {
    const bridge = (name: string, ports: Record<string, string>) =>
      net(name, { uevent: 'DEVTYPE=bridge\n', operstate: 'down\n', flags: '0x1003\n', ...ports });
    const one = '1 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0\n';
    const machine = kernel({
      '/proc/net/dev': `docker0: ${one}br0: ${one}`,
      ...bridge('docker0', { 'brif/.': '' }),
      ...bridge('br0', { 'brif/eth1': '' }),
    });
    const withoutDot: Files = {
      ...machine,
      names: async (directory) => (await machine.names(directory)).filter((name) => name !== '.'),
    };
    const found = await readInterfaces(withoutDot, () => true, clock);
    assert.deepEqual(
      found.map(({ name, up }) => [name, up]),
      [
        ['docker0', undefined],
        ['br0', false],
      ],
    );
  });

  it('are up when set up where they know no state, and tunnels have no speed', async () => {
    const [loopback, , tunnel] = await readInterfaces(files, () => true, clock);
    assert.deepEqual([loopback?.up, tunnel?.up, tunnel?.speed], [true, false, undefined]);
  });
});

describe('Linux: temperatures', () => {
  it('are those of the hardware monitors, told apart by their names', async () => {
    const files = kernel({
      '/sys/class/hwmon/hwmon0/name': 'coretemp\n',
      '/sys/class/hwmon/hwmon0/temp1_input': '41000\n',
      '/sys/class/hwmon/hwmon0/temp1_label': 'Package id 0\n',
      '/sys/class/hwmon/hwmon0/temp2_input': '-128000\n',
      '/sys/class/hwmon/hwmon0/temp1_max': '100000\n',
      '/sys/class/hwmon/hwmon0/temp3_input': '127000\n',
      '/sys/class/hwmon/hwmon0/temp3_fault': '1\n',
      '/sys/class/hwmon/hwmon0/temp4_input': '40000\n',
      '/sys/class/hwmon/hwmon0/temp4_fault': '1\n',
      '/sys/class/hwmon/hwmon1/name': 'nvme\n',
      '/sys/class/hwmon/hwmon1/temp1_input': '30850\n',
      '/sys/class/hwmon/hwmon2/name': 'nvme\n',
      '/sys/class/hwmon/hwmon2/temp1_input': '31850\n',
      '/sys/class/thermal/thermal_zone0/type': 'acpitz\n',
      '/sys/class/thermal/thermal_zone0/temp': '27800\n',
    });
    assert.deepEqual(await readTemperatures(files), [
      { sensor: 'coretemp Package id 0', celsius: 41 },
      { sensor: 'nvme temp1', celsius: 30.85 },
      { sensor: 'nvme temp1 #2', celsius: 31.85 },
    ]);
  });

  it('are those of the thermal zones where there is no monitor, or none', async () => {
    const files = kernel({
      '/sys/class/thermal/thermal_zone0/type': 'cpu-thermal\n',
      '/sys/class/thermal/thermal_zone0/temp': '48312\n',
      '/sys/class/thermal/cooling_device0/type': 'fan\n',
    });
    assert.deepEqual(await readTemperatures(files), [{ sensor: 'cpu-thermal', celsius: 48.312 }]);
    assert.deepEqual(await readTemperatures(kernel({})), []);
  });
});

describe('Linux: processes', () => {
  const stat = (pid: number, name: string, ticks: number, start: number, pages: number) =>
    `${pid} (${name}) S 1 1 1 0 -1 0 0 0 0 0 ${ticks} 0 0 0 20 0 1 0 ${start} 9999 ${pages} 0\n`;
  const machine = { cores: 2, memory: 4_096_000, pageSize: 4096 };

  it('are summed up by name, in % of the machine since the call before', async () => {
    const texts: Record<string, string> = {
      '/proc/7/stat': stat(7, 'node', 1000, 5, 100),
      '/proc/8/stat': stat(8, 'node', 500, 6, 50),
      '/proc/9/stat': stat(9, 'a (b) c\n', 40, 6, 10),
      '/proc/2/stat': stat(2, 'kthreadd', 99, 1, 0),
      '/proc/meminfo': '',
    };
    const clock = new FakeClock();
    const processes = new Processes(kernel(texts), machine, clock);
    assert.deepEqual(await processes.read(), [
      { name: 'node', cpu: undefined, memory: 15 },
      { name: 'a (b) c?', cpu: undefined, memory: 1 },
    ]);

    clock.skip(10_000);
    texts['/proc/7/stat'] = stat(7, 'node', 1200, 5, 100);
    texts['/proc/8/stat'] = stat(8, 'node', 20, 999, 50); // another one of the same number
    assert.deepEqual(await processes.read(), [
      { name: 'node', cpu: 11, memory: 15 },
      { name: 'a (b) c?', cpu: 0, memory: 1 },
    ]);
  });
});
