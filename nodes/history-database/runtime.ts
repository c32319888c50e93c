import { join, resolve } from 'node:path';
import type { NodeAPI, NodeDef } from 'node-red';
import { systemClock } from '../shared/clock.ts';
import { History } from '../shared/history/history.ts';
import { RemoteHistory } from '../shared/history/remote-read/remote-history.ts';
import { Server } from '../shared/history/remote-read/server.ts';
import { type Lease, SharedHistories } from '../shared/history/shared-histories.ts';
import { isProblem, Problem } from '../shared/problem.ts';
import { Adapter } from '../shared/red/adapter.ts';
import { registerNode } from '../shared/red/register-node.ts';
import { RepeatedProblems } from '../shared/red/repeated-problem.ts';
import { HistoryApi } from './api.ts';
import {
  checkSettings,
  type HistoryDatabaseOptions,
  type HistoryDatabaseSettings,
  historySettings,
} from './config.ts';
import { forwardsOf, type RemoteCredentials, serverOf } from './servers.ts';
import { apiServer } from './runtime-api.ts';
import { addStatusRoute, type DatabaseNode } from './runtime-status.ts';

const histories = new SharedHistories(
  (settings, tell) => new History({ ...settings, clock: systemClock, tell }),
);

export default function (RED: NodeAPI): void {
  const serve = apiServer(RED);

  function HistoryDatabase(this: DatabaseNode, config: NodeDef & HistoryDatabaseSettings) {
    RED.nodes.createNode(this, config);
    let lease: Promise<Lease> | undefined;
    const adapter = new Adapter(RED, this, async () => (await lease)?.release());
    const bad = () => Promise.reject(new Problem('badHistory', {}, { cause: adapter.problem }));
    this.history = bad;
    this.stored = bad;
    adapter.run(() => {
      const options = checkSettings(config);
      if (options.source === 'server') {
        const server = new Server(serverOf(options, this.credentials));
        adapter.closing.addEventListener('abort', () => server.close());
        const remote = new RemoteHistory(server, Date.now);
        this.history = () => Promise.resolve(remote);
        return;
      }
      const wishes = {
        ...wishesOf(options),
        forwards: forwardsOf(options, this.credentials, this.id),
      };
      const held = histories.lease(folderOf(RED, options), wishes, teller(adapter));
      lease = held;
      const stored = async () => {
        const { history } = await held;
        await history.open();
        return history;
      };
      this.history = stored;
      this.stored = stored;
      // It tells of what fails.
      this.history().catch(() => {});
      if (options.api) {
        const api = new HistoryApi(this.history, options.apiPath, systemClock);
        adapter.closing.addEventListener('abort', serve(api));
      }
    });
  }

  registerNode<DatabaseNode, HistoryDatabaseSettings, RemoteCredentials>(
    RED,
    'netmon-history-database',
    historySettings,
    HistoryDatabase,
    { remoteUser: { type: 'text' }, remoteSecret: { type: 'password' } },
  );
  addStatusRoute(RED);
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
function teller(adapter: Adapter): (problem: Error) => void {
  const seen = new RepeatedProblems();
  return (problem) => {
    const kind = isProblem(problem) ? problem.key : problem.message;
    if (seen.see(kind, kind)) adapter.fail(problem);
  };
}
