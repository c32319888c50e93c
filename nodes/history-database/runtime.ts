import { join, resolve } from 'node:path';
import type { NodeAPI, NodeDef } from 'node-red';
import { systemClock } from '../shared/clock.ts';
import { SharedVersions } from '../shared/configurations/versions/shared-versions.ts';
import { History } from '../shared/history/history.ts';
import { RemoteHistory } from '../shared/history/remote-read/remote-history.ts';
import { Server } from '../shared/history/remote-read/server.ts';
import { type Lease, SharedHistories } from '../shared/history/shared-histories.ts';
import { isProblem, Problem } from '../shared/problem.ts';
import { Adapter } from '../shared/red/adapter.ts';
import { httpServer } from '../shared/red/http-server.ts';
import { registerNode } from '../shared/red/register-node.ts';
import { RepeatedProblems } from '../shared/red/repeated-problem.ts';
import { HistoryApi } from './api.ts';
import {
  checkSettings,
  type HistoryDatabaseOptions,
  type HistoryDatabaseSettings,
  historySettings,
} from './config.ts';
import { addStatusRoute, type DatabaseNode, storedHistory } from './runtime-status.ts';
import { addTransferRoutes } from './runtime-transfers.ts';
import { forwardsOf, type RemoteCredentials, serverOf } from './servers.ts';

const histories = new SharedHistories(
  (settings, tell) => new History({ ...settings, clock: systemClock, tell }),
);

const configurations = new SharedVersions(systemClock);

export default function (RED: NodeAPI): void {
  const serve = httpServer(RED);

  function HistoryDatabase(this: DatabaseNode, config: NodeDef & HistoryDatabaseSettings) {
    RED.nodes.createNode(this, config);
    const leases: Promise<Pick<Lease, 'release'>>[] = [];
    const adapter = new Adapter(RED, this, () =>
      Promise.all(leases.map(async (lease) => (await lease).release())),
    );
    const bad = () => Promise.reject(new Problem('badHistory', {}, { cause: adapter.problem }));
    this.history = bad;
    this.stored = bad;
    this.versions = bad;
    const answerOverHttp = (
      { api, apiPath }: HistoryDatabaseOptions,
      history: ConstructorParameters<typeof HistoryApi>[0],
    ) => {
      if (!api) return;
      adapter.closing.addEventListener(
        'abort',
        serve(new HistoryApi(history, apiPath, systemClock)),
      );
    };
    adapter.run(() => {
      const options = checkSettings(config);
      if (options.source === 'server') {
        const server = new Server(serverOf(options, this.credentials));
        adapter.closing.addEventListener('abort', () => server.close());
        const remote = new RemoteHistory(server, Date.now);
        this.history = () => Promise.resolve(remote);
        this.versions = () => Promise.reject(new Problem('configurationsServer'));
        answerOverHttp(options, () => Promise.resolve(remote));
        return;
      }
      const wishes = {
        ...wishesOf(options),
        forwards: forwardsOf(options, this.credentials, this.id),
      };
      const folder = folderOf(RED, options);
      const held = histories.lease(folder, wishes, teller(adapter));
      const kept = configurations.lease(folder, (problem) => adapter.fail(problem));
      leases.push(held, kept);
      this.versions = async () => (await kept).versions;
      const stored = async () => {
        const { history } = await held;
        await history.open();
        return history;
      };
      this.history = stored;
      this.stored = stored;
      // It tells of what fails.
      this.history().catch(() => {});
      answerOverHttp(options, stored);
    });
  }

  registerNode<DatabaseNode, HistoryDatabaseSettings, RemoteCredentials>(
    RED,
    'netmon-history-database',
    historySettings,
    HistoryDatabase,
    { remoteUser: { type: 'text' }, remoteSecret: { type: 'password' } },
  );
  const stored = storedHistory(RED);
  addStatusRoute(RED, stored);
  addTransferRoutes(RED, stored);
}

function folderOf(RED: NodeAPI, { folder }: HistoryDatabaseOptions): string {
  const userDirectory = RED.settings.userDir ?? process.cwd();
  return folder === '' ? join(userDirectory, 'netmon', 'history') : resolve(userDirectory, folder);
}

function wishesOf({
  rawDays,
  minutesDays,
  hoursDays,
  maxSize,
  commitInterval,
}: HistoryDatabaseOptions) {
  const ages = { raw: rawDays, '5m': minutesDays, '1h': hoursDays };
  return { retention: { ages, size: maxSize }, commitMs: commitInterval };
}

// A thread that fails is started again and may fail again, for the same reason.
function teller(adapter: Adapter): (problem: Error | undefined) => void {
  const seen = new RepeatedProblems();
  return (problem) => {
    if (!problem) {
      // What comes after is new.
      seen.keep([]);
      adapter.node.log(adapter.translate('history-database.status.over'));
      return;
    }
    // Each file that is damaged is one of its own.
    const damages = ['historyDamaged', 'historyBlockDamaged'];
    const isKind = isProblem(problem) && !damages.includes(problem.key);
    const kind = isKind ? problem.key : problem.message;
    if (seen.see(kind, kind)) adapter.fail(problem);
  };
}
