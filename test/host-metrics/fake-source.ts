import type { HostSource } from '../../nodes/host-metrics/source.ts';

/** A host with one of everything, and the list of what it was asked for. */
export function fakeSource(over: Partial<HostSource> = {}): HostSource & { asked: string[] } {
  const asked: string[] = [];
  let polls = 0;
  const source: HostSource = {
    async cpu() {
      const n = polls++;
      return [
        { core: '0', busy: n * 30, total: n * 100 },
        { core: '1', busy: n * 50, total: n * 100 },
      ];
    },
    memory: async () => ({ total: 800, available: 600, swapTotal: 100, swapUsed: 5 }),
    disks: async () => [
      { mount: '/', device: '/dev/sda1', type: 'ext4', used: 30, available: 70 },
      { mount: '/empty', device: '/dev/sdb1', type: 'ext4', used: 0, available: 0 },
    ],
    interfaces: async (wanted) =>
      ['lo', 'eth0'].filter(wanted).map((name) => ({ name, up: true, inOctets: 2n ** 60n })),
    load: () => [0.5, 1, 1.5],
    temperatures: async () => [{ sensor: 'cpu', celsius: 41 }],
    uptime: () => 3600,
    processes: async () => [
      { name: 'idle', cpu: 0, memory: 0.1 },
      { name: 'node', cpu: 12, memory: 3 },
      { name: 'db', cpu: 2, memory: 9 },
      { name: 'new', memory: 1 },
    ],
    ...over,
  };
  const spied = Object.entries(source).map(([name, read]) => [
    name,
    (...args: never[]) => {
      asked.push(name);
      return (read as (...args: never[]) => unknown)(...args);
    },
  ]);
  return Object.assign(Object.fromEntries(spied) as HostSource, { asked });
}
