import type { InterfaceState } from '../../contract/snapshot.ts';
import type { Clock } from '../../shared/clock.ts';
import { parseCount } from '../../shared/rates/counter.ts';
import { type Files, textIfAny } from './files.ts';

/** The interfaces of /proc/net/dev, with what /sys/class/net tells of them. */
export async function readInterfaces(
  files: Files,
  wanted: (name: string) => boolean,
  clock: Clock,
): Promise<InterfaceState[]> {
  const text = await files.text('/proc/net/dev');
  // All that is read besides takes its time.
  const countedAt = clock.steady();
  const lines = text.matchAll(/^ *(\S+): *(\d.*)$/gm);
  const found = Array.from(lines, ([, name, counts]) => ({ name: name!, counts: counts! }));
  return Promise.all(
    found
      .filter(({ name }) => wanted(name))
      .map(async ({ name, counts }) => ({
        name,
        countedAt,
        ...(await attributes(files, name)),
        ...parseCounts(counts),
      })),
  );
}

// Receive: bytes packets errs drop fifo frame compressed multicast; transmit: bytes packets errs drop
function parseCounts(text: string) {
  const counts = text.trim().split(/ +/);
  const count = (column: number) => parseCount(counts[column]!);
  return {
    inOctets: count(0),
    outOctets: count(8),
    inPackets: count(1),
    outPackets: count(9),
    inErrors: count(2),
    outErrors: count(10),
    inDiscards: count(3),
    outDiscards: count(11),
  };
}

async function isEmptyBridge(files: Files, name: string): Promise<boolean> {
  const ports = await files.names(`/sys/class/net/${name}/brif`).catch(() => undefined);
  return ports?.length === 0;
}

// See sysfs-class-net in the kernel's Documentation/ABI/testing.
async function attributes(files: Files, name: string): Promise<Partial<InterfaceState>> {
  const read = (attribute: string) => textIfAny(files, `/sys/class/net/${name}/${attribute}`);
  const [uevent = '', state, flags, alias, duplex, megabits, tunnel] = await Promise.all(
    ['uevent', 'operstate', 'flags', 'ifalias', 'duplex', 'speed', 'tun_flags'].map(read),
  );
  const index = /^IFINDEX=(\d+)$/m.exec(uevent)?.[1];
  const type = /^DEVTYPE=(.+)$/m.exec(uevent)?.[1];
  const adminUp = flags === undefined ? undefined : (Number(flags) & 1) === 1;
  // Loopback and tunnels do not know their state: they are up when they are set up. A bridge is down only
  // where what is on it is: docker0 without a container lacks nothing.
  const isEmpty = type === 'bridge' && (await isEmptyBridge(files, name));
  const up =
    state === 'unknown' ? adminUp : state === undefined || isEmpty ? undefined : state === 'up';
  return {
    ...(index !== undefined && { index: Number(index) }),
    ...(type !== undefined && { type }),
    ...(alias && { alias }),
    ...(up !== undefined && { up }),
    ...(adminUp !== undefined && { adminUp }),
    ...((duplex === 'full' || duplex === 'half') && { duplex }),
    // A tunnel says 10 Mbit/s whatever it carries; -1 is unknown.
    ...(Number(megabits) > 0 && tunnel === undefined && { speed: Number(megabits) * 1e6 }),
  };
}
