// In memory, of the kernel's own, of other hosts: they fill no disk of this one. Images are always full.
const noDisks = new Set([
  ...['tmpfs', 'ramfs', 'devtmpfs', 'devfs', 'mfs', 'rootfs', 'shm'],
  ...['proc', 'procfs', 'sysfs', 'cgroup', 'cgroup2', 'devpts', 'mqueue', 'debugfs', 'tracefs'],
  ...['securityfs', 'pstore', 'bpf', 'autofs', 'configfs', 'fusectl', 'hugetlbfs', 'binfmt_misc'],
  ...['nsfs', 'efivarfs', 'selinuxfs', 'rpc_pipefs', 'fdescfs', 'linprocfs', 'linsysfs'],
  ...['nullfs', 'fuse.lxcfs', 'fuse.gvfsd-fuse', 'fuse.portal'],
]);
const images = new Set([
  ...['squashfs', 'iso9660', 'cd9660', 'cdfs', 'udf', 'erofs', 'cramfs', 'romfs'],
  ...['overlay', 'aufs', 'unionfs', 'fuse.snapfuse', 'fuse.squashfuse', 'fuse.appimage'],
]);

/**
 * Whether a file system is one that can fill up.
 * @param type as the system names it; empty where unknown
 * @param mount where it is mounted
 */
export function isDisk(type: string, mount: string): boolean {
  const kind = type.toLowerCase();
  // Parts of the system's own volume on macOS.
  if (/^\/System\/Volumes\/(?!Data$)/.test(mount)) return false;
  // A container's root is an overlay, and the only disk that it has.
  if (mount === '/' && kind === 'overlay') return true;
  if (noDisks.has(kind) || images.has(kind)) return false;
  return kind !== '' || !imageMounts.test(mount);
}

// Where only images and the kernel's own are mounted, for sources that do not tell the type: SNMP does not.
const imageMounts = new RegExp(
  [
    '^/(?:proc|sys|dev|run(?!/media/)|rom|snap|var/snap|var/lib/snapd/snap)(?:/|$)',
    '^/(?:cdrom|media/cdrom\\d*|mnt/cdrom\\d*)(?:/|$)',
    '^/var/lib/(?:docker|containers)/.*/(?:merged|diff|mounts)(?:/|$)',
    '^/var/lib/(?:docker|containers|kubelet)/.*/(?:shm|tmpfs|secrets?)(?:/|$)',
    '^/(?:dev|etc/config|packages)/mnt(?:/|$)',
    '^/packages(?:/|$)',
  ].join('|'),
);

/**
 * The place that a name in the HOST-RESOURCES-MIB stands for. Junos writes the device first: `devfs: dev file
 * system, mounted on: /dev`; Windows adds the volume's label and serial number to the drive.
 * @returns the mount point, and the device where the name has it
 */
export function parseStorageName(name: string): { mount: string; device: string } {
  const junos = /^(?<device>[^,]*?)(?:: [^,]*)?, mounted on:? (?<mount>.+)$/.exec(name)?.groups;
  if (junos) {
    return { mount: junos.mount!.trim(), device: junos.device!.replace(/^.*:/, '').trim() };
  }
  return { mount: name.replace(/ Label:.*$/, ''), device: '' };
}

/** Whether a device is an image by its name: memory disks of compressed images, loop devices, CDs. */
export function isImageDevice(device: string): boolean {
  return (
    /\.uzip$|^\/?dev\/(?:loop\d|cd\d|sr\d)|^\/dev\/md\d+\.uzip/.test(device) || noDisks.has(device)
  );
}
