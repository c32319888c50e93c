// Builds Netmon and starts Node-RED with it, both dashboards and the complete examples, in the
// scratch user directory .netmon, beside an SMTP inbox that takes the alerts' mails. Ctrl-C ends all.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toAddress } from '../nodes/shared/address.ts';
import { buildWhatIsOld } from './build.ts';
import {
  adaptFlows,
  type FlowNode,
  partCredentials,
  readExamples,
  type SnmpDevice,
  withSnmpDevice,
} from './example-flows.ts';
import { Inbox } from './inbox.ts';
import { NodeRed } from './node-red.ts';
import { readStartTab, withStartTab, writeSamplePast } from './sample-switch.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = process.env.NETMON_SCRATCH ?? join(root, '.netmon');
const flowsFile = join(scratch, 'flows.json');
// Node-RED takes credentials that are not encrypted too, and encrypts them when it saves them.
const credentialsFile = join(scratch, 'flows_cred.json');
const originFile = join(scratch, 'flows.origin.json');
const logFile = join(scratch, 'node-red.log');
// Where a history database has it unless told.
const historyDirectory = join(scratch, 'netmon', 'history');
const mailDirectory = join(scratch, 'mail');
const started = performance.now();

/** How this script last wrote flows.json. */
interface Origin {
  port: number;
  sha256: string;
}

class Refusal extends Error {}

try {
  await run();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function run() {
  const port = readPort(process.env.PORT ?? '1880');
  const device = readSnmpDevice();
  await assertFree(port);
  await mkdir(scratch, { recursive: true });
  await buildWhatIsOld();

  const inbox = await Inbox.open({
    directory: mailDirectory,
    onMail: ({ subject, file }) => console.log(`Mail: ${subject ?? ''}  (${shown(file!)})`),
  });
  try {
    const kept = await placeFlows(port, inbox.port, device);
    await serve(await startNodeRed(port), inbox, kept, device);
  } finally {
    await inbox.close();
  }
}

async function serve(nodeRed: NodeRed, inbox: Inbox, kept: boolean, device?: SnmpDevice) {
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      asked = true;
      void nodeRed.stop();
    });
  }
  console.log(`
Node-RED with Netmon is ready after ${((performance.now() - started) / 1000).toFixed(1)} s.

  Editor                          ${nodeRed.url}/
  Dashboard (node-red-dashboard)  ${nodeRed.url}/ui
  Dashboard 2                     ${nodeRed.url}/dashboard
  Mails (SMTP on port ${inbox.port})      ${shown(mailDirectory)}
  Log                             ${shown(logFile)}
${device && !kept ? `  SNMP device                     ${device.address}\n` : ''}${kept ? '' : '  Sample switch                   made up; SNMP_DEVICE=192.0.2.1 npm start shows a real one beside it\n'}${kept ? `\nYour flows are kept; remove ${shown(flowsFile)} to get the examples again.\n` : ''}
To see an alert mailed, press "CPU at 95 %" in the editor, on the tab "Thresholds and mail".
Ctrl-C ends it.`);

  await nodeRed.exited;
  if (!asked) throw new Refusal(`Node-RED ended by itself. Its log: ${shown(logFile)}`);
}

async function startNodeRed(port: number): Promise<NodeRed> {
  const log = createWriteStream(logFile);
  return NodeRed.start({
    userDir: scratch,
    settings: { uiPort: port, nodesDir: [root], ui: { path: 'ui' } },
    onLine: (line) => {
      log.write(`${line}\n`);
      // Errors, and the nodes' warnings; not the remarks on a new user directory.
      if (/\[error\]|\[warn\] \[/.test(line)) console.log(line);
    },
  });
}

// Writes the examples, or keeps the user's own flows; both with the ports of now.
async function placeFlows(port: number, smtp: number, device?: SnmpDevice): Promise<boolean> {
  const origin = await readOrigin();
  const present = existsSync(flowsFile) ? await readFile(flowsFile, 'utf8') : undefined;
  const kept = present !== undefined && sha256(present) !== origin?.sha256;
  const flows = kept ? readFlows(present) : await placeExamples(device);
  const from = kept ? (origin?.port ?? port) : 1880;
  const json = `${JSON.stringify(adaptFlows(flows, { from, to: port, smtp }), null, 4)}\n`;
  await writeFile(flowsFile, json);
  // The mark of the user's own flows is that no sum fits them.
  const next: Origin = { port, sha256: kept ? '' : sha256(json) };
  await writeFile(originFile, JSON.stringify(next));
  return kept;
}

async function placeExamples(device?: SnmpDevice): Promise<FlowNode[]> {
  const examples = await readExamples(join(root, 'examples'));
  const tab = await readStartTab();
  await writeSamplePast(historyDirectory, tab, Date.now());
  const { flows, credentials } = partCredentials(
    withStartTab(device ? withSnmpDevice(examples, device) : examples, tab),
  );
  await writeFile(credentialsFile, JSON.stringify(credentials));
  return flows;
}

function readFlows(json: string): FlowNode[] {
  try {
    return JSON.parse(json) as FlowNode[];
  } catch (error) {
    throw new Refusal(
      `${shown(flowsFile)} is no valid JSON (${(error as Error).message}). Mend or remove it.`,
    );
  }
}

async function readOrigin(): Promise<Origin | undefined> {
  if (!existsSync(originFile)) return undefined;
  return JSON.parse(await readFile(originFile, 'utf8')) as Origin;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535) {
    throw new Refusal(
      `PORT is "${text}": give a number from 1 to 65535, as in PORT=1881 npm start`,
    );
  }
  return port;
}

function readSnmpDevice(): SnmpDevice | undefined {
  const { SNMP_DEVICE: address, SNMP_COMMUNITY: community = 'public' } = process.env;
  if (!address) return undefined;
  try {
    toAddress('SNMP_DEVICE', address);
  } catch (error) {
    throw new Refusal((error as Error).message);
  }
  return { address, community };
}

async function assertFree(port: number): Promise<void> {
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be used (${code})`;
    throw new Refusal(
      `Port ${port} on 127.0.0.1 ${why}. End that program, or choose another port: ` +
        `PORT=${port === 65535 ? 1881 : port + 1} npm start`,
    );
  }
  probe.close();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function shown(path: string): string {
  return relative(process.cwd(), path);
}
