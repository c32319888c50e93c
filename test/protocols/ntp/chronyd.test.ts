import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Access } from '../../../nodes/device-access/access.ts';
import { type AccessConfig, defaults } from '../../../nodes/device-access/config.ts';
import { ntpFields } from '../../../nodes/protocols/ntp/fields.ts';
import { freePort } from '../../support/free-port.ts';
import { endPrograms, needs, start } from '../../support/program.ts';

describe('A check of chronyd', function () {
  this.timeout(30_000);
  const never = new AbortController().signal;
  const folders: string[] = [];

  before(function () {
    needs(this, 'chronyd');
  });

  after(async () => {
    await endPrograms();
    for (const folder of folders) await rm(folder, { recursive: true });
  });

  /** Starts a chronyd that leaves the clock alone (`-x`), and resolves to its address once it answers. */
  async function server(...lines: string[]): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'netmon-chronyd-'));
    folders.push(folder);
    const port = await freePort();
    const conf = join(folder, 'chrony.conf');
    const common = [
      `port ${port}`,
      'bindaddress 127.0.0.1',
      'allow 127.0.0.1',
      'cmdport 0',
      'bindcmdaddress /',
      `pidfile ${join(folder, 'chronyd.pid')}`,
    ];
    await writeFile(conf, [...common, ...lines, ''].join('\n'));
    start('chronyd', ['-x', '-U', '-d', '-u', userInfo().username, '-f', conf]);
    const address = `127.0.0.1:${port}`;
    for (let left = 50; left > 0; left--) {
      if (await poll(address, { timeout: 0.3 }).catch(() => undefined)) return address;
      await wait(100);
    }
    throw new Error('chronyd does not answer');
  }

  async function poll(address: string, config: Partial<AccessConfig> = {}) {
    const all = {
      ...defaults,
      ...ntpFields.defaults,
      protocol: 'ntp',
      retries: 0,
      ...config,
    } as const;
    const access = new Access(all, {});
    const answer = await access.poll(address, never);
    await access.close();
    assert.ok('snapshot' in answer);
    const { readings = [] } = answer.snapshot;
    const value = (metric: string) =>
      Number(readings.find((reading) => reading.metric === metric)?.value);
    return { value, reason: readings.find(({ info }) => info?.reason)?.info?.reason };
  }

  it('finds the clock of this machine right', async () => {
    const { value, reason } = await poll(await server('local stratum 3'));
    assert.equal(reason, undefined);
    assert.equal(value('ntp_stratum'), 3);
    assert.ok(Math.abs(value('ntp_offset')) <= 0.5 + value('latency'));
    assert.ok(value('ntp_root_delay') >= 0 && value('ntp_root_dispersion') >= 0);
  });

  it('tells that one without a source is not synchronized', async () => {
    const { value, reason } = await poll(await server());
    assert.equal(value('device_degraded'), 1);
    assert.match(String(reason), /^not synchronized \(leap indicator 3, stratum 16/);
  });
});
