import { isDisk } from '../../shared/host/file-system.ts';
import type { Disk } from '../source.ts';
import type { Files } from './files.ts';

/**
 * The disks that can fill up: file systems on a device or in a ZFS pool and the root, whatever it is
 * (a container's is an overlay); each once, however often it is mounted. Of several at one place the one
 * mounted last hides the others. Network ones belong to another host, and asking a dead one would never end.
 */
export async function readDisks(files: Files): Promise<Disk[]> {
  const devices = new Map<string, string>();
  const disks = new Map<string, Disk>();
  for (const line of (await files.text('/proc/mounts')).split('\n')) {
    const [device = '', mount = '', type = '', options = ''] = line.split(' ').map(unescape);
    const local = device.startsWith('/dev/') || type === 'zfs' || mount === '/';
    if (!local || !isDisk(type, mount)) continue;
    const space = await files.space(mount).catch(() => undefined);
    if (!space || space.size === 0) continue;
    const { size, free, available, inodes = 0, freeInodes = 0 } = space;
    const isReadOnly = options.split(',').includes('ro');
    // A service may see a part of a disk read-only, and the disk itself beside it.
    const other = devices.get(device);
    if (other !== undefined && (isReadOnly || !disks.get(other)?.isReadOnly)) continue;
    if (other !== undefined) disks.delete(other);
    devices.set(device, mount);
    disks.set(mount, {
      ...{ mount, device, type, used: size - free, available, isReadOnly },
      ...(inodes > 0 && { inodes: { all: inodes, free: freeInodes } }),
    });
  }
  return [...disks.values()];
}

// Spaces, tabs, line breaks and backslashes stand as \040 and so on.
function unescape(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
