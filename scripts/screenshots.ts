// Takes the README's pictures from a running `npm start`, which should have run for some minutes, so
// that its charts are full. Names of pictures as arguments take only those.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { closeAgents, listen } from '../test/support/snmp-agent.ts';
import { readExample } from './example-flows.ts';
import { pictureSwitch } from './picture-switch.ts';

const directory = fileURLToPath(new URL('../docs/images', import.meta.url));
const address = `http://127.0.0.1:${process.env.PORT ?? '1880'}`;
const scratch = fileURLToPath(new URL('../.netmon', import.meta.url));
const size = { width: 1400, height: 900 };

/** Name, path, what is waited for, and px that it is high where that is not as usual. */
type Picture = readonly [name: string, path: string, ready: string, height?: number];

async function picture(browser: Browser, [name, path, ready, height]: Picture): Promise<void> {
  const viewport = { ...size, ...(height !== undefined && { height }) };
  const page = await browser.newPage({ viewport, locale: 'en-US' });
  await page.goto(address + path);
  await page.locator(ready).first().waitFor();
  // Charts grow into view, and the readings of two polls make a rate.
  await page.waitForTimeout(12_000);
  await page.screenshot({ path: join(directory, `${name}.png`) });
  await page.close();
}

/** What the editor's page has for scripts. */
declare const RED: {
  nodes: {
    filterNodes(filter: { type: string }): object[];
    import(nodes: object[], options: { generateIds: true }): void;
    eachConfig(visit: (node: { id: string; type: string }) => boolean): void;
  };
  workspaces: { active(): string };
  editor: {
    edit(node: object | undefined): void;
    editConfig(property: string, type: string, id: string): void;
  };
};

/** The examples that have the nodes of which `npm start` has none. */
const inExamples: Partial<Record<string, string>> = {
  'history-read': 'History',
  trend: 'Trends',
  correlate: 'What changed',
  'flow-collector': 'Traffic flows',
};

async function exampleOf(name: string): Promise<object | undefined> {
  const example = inExamples[name];
  if (example === undefined) return undefined;
  const directory = fileURLToPath(new URL('../examples', import.meta.url));
  const nodes = await readExample(directory, example);
  return nodes.find(({ type }) => type === `netmon-${name}`);
}

// A picture of the dialog of the first node of a type.
async function dialog(browser: Browser, name: string): Promise<void> {
  const page = await browser.newPage({ viewport: size, locale: 'en-US' });
  await page.goto(address);
  await page.locator('.red-ui-flow-node-group').first().waitFor();
  await page.evaluate(
    ([type, example]) => {
      if (example) {
        let database = '';
        RED.nodes.eachConfig((other) => {
          if (other.type === 'netmon-history-database') database ||= other.id;
          return true;
        });
        const z = RED.workspaces.active();
        const place = { z, g: '', x: 100, y: 100, wires: [], database };
        RED.nodes.import([{ ...example, ...place }], { generateIds: true });
      }
      const [node] = RED.nodes.filterNodes({ type });
      let config = '';
      RED.nodes.eachConfig((other) => {
        if (other.type === type) config ||= other.id;
        return true;
      });
      if (config === '') RED.editor.edit(node);
      else RED.editor.editConfig('', type, config);
    },
    [`netmon-${name}`, await exampleOf(name)] as const,
  );
  const tray = page.locator('.red-ui-tray').last();
  await tray.locator('.red-ui-tray-footer').waitFor();
  // It slides into view.
  await page.waitForTimeout(2_000);
  // Where this clone lies is of no use to a reader.
  await page.evaluate(`{
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      text.nodeValue = text.nodeValue.replaceAll(${JSON.stringify(scratch)}, '~/.node-red');
    }
  }`);
  await tray.screenshot({ path: join(directory, `node-${name}.png`) });
  await page.close();
}

// A picture of the editor with the sidebar, in which a switch was found.
async function sidebar(browser: Browser): Promise<void> {
  const { address: device } = await listen(pictureSwitch());
  const page = await browser.newPage({ viewport: size, locale: 'en-US' });
  // The networks of this machine are nobody's business.
  const neighbours = [{ address: '192.168.1.1', name: 'router', isGateway: true }];
  const networks = [
    { network: '192.168.1.0/24', interface: 'eth0', gateway: '192.168.1.1', hosts: 254 },
  ];
  await page.route(/\/look\/suggestions$/, (route) =>
    route.fulfill({ json: { networks, neighbours } }),
  );
  await page.goto(address);
  await page.locator('.red-ui-flow-node-group').first().waitFor();
  await page.keyboard.press('Control+g');
  await page.keyboard.press('n');
  const panel = page.locator('.netmon-sidebar');
  await panel.getByLabel('Address, name or network').fill(device);
  await page.keyboard.press('Enter');
  await panel.getByText('sw-access-3', { exact: true }).waitFor();
  await panel.getByText('50 interfaces').click();
  await page.waitForTimeout(2_000);
  await page.screenshot({ path: join(directory, 'sidebar.png') });
  await page.close();
  closeAgents();
}

/** The nodes whose dialogs docs/nodes.md shows. */
const dialogs = [
  'device-poll',
  'device-access',
  'host-metrics',
  'flow-collector',
  'threshold-check',
  'alert-manager',
  'email-alert',
  'chart-data',
  'history-database',
  'history-read',
  'correlate',
  'trend',
  'dashboard-data',
];

const pictures: readonly Picture[] = [
  ['dashboard', '/ui/#!/0', 'canvas'],
  ['dashboard-2', '/dashboard/overview', 'canvas'],
  ['device', '/dashboard/overview?netmon=device/sample-switch&period=1h', 'canvas'],
  ['traffic', '/dashboard/overview?netmon=traffic&period=1h', '.sankey', 1950],
  [
    'traffic-address',
    '/dashboard/overview?netmon=traffic/device/sample-switch/address/sample-nas&period=1h',
    'canvas',
    760,
  ],
  // The tab of the complete dashboard for Dashboard 2.
  ['flow', '/#flow/a387c46d47a36959', '.red-ui-flow-node-group'],
];

const chosen = process.argv.slice(2);
const isWanted = (name: string) => chosen.length === 0 || chosen.includes(name);

await mkdir(directory, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  for (const one of pictures.filter(([name]) => isWanted(name))) await picture(browser, one);
  if (isWanted('sidebar')) await sidebar(browser);
  for (const name of dialogs.filter((each) => isWanted(`node-${each}`))) {
    await dialog(browser, name);
  }
} finally {
  await browser.close();
}
