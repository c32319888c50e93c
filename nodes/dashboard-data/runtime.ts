import type { Node, NodeAPI, NodeDef } from 'node-red';
import { inSlices } from '../shared/in-slices.ts';
import { Problem, together } from '../shared/problem.ts';
import { Adapter, type Message, type Send } from '../shared/red/adapter.ts';
import { hearGone } from '../shared/red/devices-gone.ts';
import { serveElements } from '../shared/red/element-route.ts';
import { historyOf, keepsConfigurations, versionsOf } from '../shared/red/history-node.ts';
import { httpServer } from '../shared/red/http-server.ts';
import { registerNode } from '../shared/red/register-node.ts';
import type { DashboardSettings } from './config.ts';
import { dashboardSettings } from './config.ts';
import { Dashboard } from './dashboard.ts';
import { readMessage } from './messages.ts';
import { asksForPage } from './page-request.ts';
import { Broadcast, Keeper } from './runtime-times.ts';
import { StatusSite } from './status-page.ts';
import { Words } from './words.ts';

type Config = NodeDef & DashboardSettings;

/** Registers the node that makes the pages of Netmon's dashboard. */
export default function (RED: NodeAPI): void {
  const serve = httpServer(RED);
  serveElements(RED);

  function DashboardData(this: Node, config: Config) {
    RED.nodes.createNode(this, config);
    let keeper: Keeper | undefined;
    const adapter = new Adapter(RED, this, (removed) => keeper?.close(removed));
    adapter.run(() => {
      const options = dashboardSettings.read(config);
      const { database } = config;
      const t = adapter.translate;
      const words = new Words(t);
      const end = (stop: () => void) => adapter.closing.addEventListener('abort', stop);
      let problem: string | undefined;
      const show = () => {
        const { state } = dashboard;
        const count = String(state.devices.size);
        const firing = state.alerts.firing.length;
        const text =
          firing > 0
            ? t('dashboard-data.status.alerts', { count, alerts: String(firing) })
            : t('dashboard-data.status.well', { count });
        if (problem !== undefined) {
          adapter.status('warning', `${text} · ${t('dashboard-data.status.withoutHistory')}`);
        } else if (state.lastReading === null) {
          adapter.status('idle', t('dashboard-data.status.waiting'));
        } else {
          adapter.status(firing > 0 ? 'warning' : 'ok', text);
        }
      };
      const dashboard: Dashboard = new Dashboard({
        ...{ options, words, signal: adapter.closing },
        ...(database && {
          history: async () => await historyOf(RED, database)(),
          compare: async (request) => {
            const history = await historyOf(RED, database)();
            return history.analyse('compare', request, adapter.closing);
          },
          configurations: {
            versions: async () => await versionsOf(RED, database)(),
            isAny: () => keepsConfigurations(RED, database),
          },
        }),
        text: (error) => adapter.text(error),
        tell(error) {
          const text = error === undefined ? undefined : adapter.text(error);
          // Once, until it is over.
          if (text !== undefined && problem === undefined) adapter.fail(error);
          problem = text;
        },
      });
      const { state } = dashboard;
      keeper = new Keeper(state, adapter);
      end(hearGone(RED.events, (devices) => state.removeDevices(devices)));
      if (options.statusPage) {
        refuseTaken(RED, this.id, options.statusPath);
        const page = () => dashboard.page({ ...dashboard.usual, page: 'status' });
        const title = options.statusTitle === '' ? words.status : options.statusTitle;
        end(serve(new StatusSite(options.statusPath, title, page)));
      }

      const answer = async (message: Message, send: Send) => {
        const page = await dashboard.answer(message.payload);
        // Both dashboards know by further properties which of their pages asked.
        send({ ...message, topic: page.page, payload: page });
      };
      const broadcast = new Broadcast(async () => {
        const page = await dashboard.page({ ...dashboard.usual, page: 'overview' });
        this.send({ topic: page.page, payload: page });
        show();
      }, adapter);
      show();
      adapter.onInput(async (message, send) => {
        await keeper?.restored;
        const { payload, topic, command, replay } = message;
        // For an alert-manager, or its answer.
        if (command !== undefined || replay !== undefined) return;
        if (asksForPage(payload, topic)) {
          await answer(message, send);
          return;
        }
        const reading = readMessage(state, message, dashboard.now);
        const problems = await inSlices(reading, { signal: adapter.closing });
        broadcast.ask();
        const all = together('readings', problems, (error) => adapter.text(error));
        if (all) throw all;
      });
    });
  }
  registerNode(RED, 'netmon-dashboard-data', dashboardSettings, DashboardData);
}

// Two at one address would hide each other.
function refuseTaken(RED: NodeAPI, id: string, path: string): void {
  const same = (other: unknown) =>
    typeof other === 'string' && `/${other.trim().replace(/^\/+|\/+$/g, '')}` === path;
  RED.nodes.eachNode((node) => {
    const { type, url, method, statusPage, statusPath, d } = node as NodeDef &
      Record<string, unknown>;
    if (d === true || node.id === id) return;
    const isTaken =
      (type === 'http in' && method === 'get' && same(url)) ||
      (type === 'netmon-dashboard-data' && statusPage === true && same(statusPath));
    if (isTaken) throw new Problem('pathTaken', { path, node: node.name || node.id });
  });
}
