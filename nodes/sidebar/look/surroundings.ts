import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import os from 'node:os';
import { promisify } from 'node:util';
import { readGateways } from '../../shared/host/gateways.ts';
import { neighboursOfCommand, neighboursOfProc, type Surroundings } from './suggestions.ts';

/** ms that `arp -a` may take */
const patience = 3000;

/** What this machine knows already; it asks nobody. What it does not tell is left out. */
export async function surroundings(): Promise<Surroundings> {
  const interfaces = os.networkInterfaces();
  if (process.platform !== 'linux') {
    const arp = promisify(execFile)('arp', ['-a', '-n'], { timeout: patience, windowsHide: true });
    const printed = await arp.then(({ stdout }) => stdout, () => ''); // prettier-ignore
    return { interfaces, gateways: [], neighbours: neighboursOfCommand(printed) };
  }
  const arp = await readFile('/proc/net/arp', 'utf8').catch(() => '');
  return { interfaces, gateways: await readGateways(), neighbours: neighboursOfProc(arp) };
}
