import assert from 'node:assert/strict';
import { isDisk, isImageDevice, parseStorageName } from '../../../nodes/shared/host/file-system.ts';

describe('isDisk', () => {
  for (const [type, mount] of [
    ['ext4', '/'],
    ['overlay', '/'],
    ['', '/'],
    ['', '/boot'],
    ['', 'C:\\'],
    ['xfs', '/var/lib/docker'],
    ['apfs', '/System/Volumes/Data'],
    ['zfs', '/home'],
    ['', '/snapshots'],
    ['', '/running'],
    ['', '/run/media/usb'],
    ['ext4', '/run/media/usb'],
    ['xfs', '/packages'],
  ] as const) {
    it(`takes ${type} at ${mount}`, () => assert.equal(isDisk(type, mount), true));
  }

  for (const [type, mount] of [
    ['squashfs', '/snap/core/1'],
    ['', '/snap/core20/2015'],
    ['EROFS', '/usr'],
    ['udf', '/media/x'],
    ['tmpfs', '/tmp'],
    ['overlay', '/var/lib/docker/overlay2/a/merged'],
    ['', '/var/lib/docker/overlay2/a/merged'],
    ['', '/var/lib/containers/storage/overlay/a/merged'],
    ['', '/rom'],
    ['', '/dev'],
    ['', '/run/user/1000'],
    ['', '/sys/fs/cgroup'],
    ['apfs', '/System/Volumes/VM'],
  ] as const) {
    it(`takes no ${type} at ${mount}`, () => assert.equal(isDisk(type, mount), false));
  }
});

describe('parseStorageName', () => {
  for (const [name, mount, device] of [
    ['/var', '/var', ''],
    ['C:\\ Label:System  Serial Number 1a2b', 'C:\\', ''],
    ['/dev/md0.uzip, mounted on: /', '/', '/dev/md0.uzip'],
    ['devfs: dev file system, mounted on: /dev', '/dev', 'devfs'],
    ['/dev/ada0p2: , mounted on /var', '/var', '/dev/ada0p2'],
  ] as const) {
    it(`finds ${mount} in ${name}`, () => {
      assert.deepEqual(parseStorageName(name), { mount, device });
    });
  }
});

describe('isImageDevice', () => {
  it('knows images and what is in memory', () => {
    for (const device of ['/dev/md0.uzip', '/dev/loop3', '/dev/sr0', 'devfs', 'tmpfs']) {
      assert.equal(isImageDevice(device), true, device);
    }
    for (const device of ['/dev/sda1', '/dev/ada0p2', '', '/dev/md127']) {
      assert.equal(isImageDevice(device), false, device);
    }
  });
});
