import { resolve } from 'node:path';
import type { History } from './history.ts';
import type { WorkerSettings } from './store/messages.ts';
import { type TierName, tiers } from './store/tier.ts';

/** How long what is kept, how often it is committed, and who gets it. */
export type Wishes = Omit<WorkerSettings, 'folder'>;

interface User {
  wishes: Wishes;
  tell: (problem: Error | undefined) => void;
}

interface Shared {
  history: History;
  users: Set<User>;
}

type Open = (settings: WorkerSettings, tell: (problem: Error | undefined) => void) => History;

/** A history that is held open for one of its users. */
export interface Lease {
  history: History;
  /** Gives it back; resolves once the files are closed, if nobody else has them. */
  release: () => Promise<void>;
}

/**
 * The open histories of this process, one a folder: two threads with the same files would keep each other
 * out. What several users wish for one folder is put together so that none of them loses anything.
 */
export class SharedHistories {
  readonly #open: Open;
  readonly #shared = new Map<string, Shared>();
  readonly #closing = new Map<string, Promise<void>>();

  constructor(open: Open) {
    this.#open = open;
  }

  /** Resolves once nobody holds files of that folder that are about to be closed. */
  async lease(
    folder: string,
    wishes: Wishes,
    tell: (problem: Error | undefined) => void,
  ): Promise<Lease> {
    const path = resolve(folder);
    while (this.#closing.has(path)) await this.#closing.get(path);
    const user = { wishes, tell };
    let shared = this.#shared.get(path);
    if (shared) {
      shared.users.add(user);
      shared.history.settings = together(shared.users);
    } else {
      const users = new Set([user]);
      const tellAll = (problem: Error | undefined) => {
        for (const each of users) each.tell(problem);
      };
      shared = { history: this.#open({ folder: path, ...wishes }, tellAll), users };
      this.#shared.set(path, shared);
    }
    const { history, users } = shared;
    const release = async () => {
      if (!users.delete(user)) return;
      if (users.size > 0) {
        history.settings = together(users);
        return;
      }
      this.#shared.delete(path);
      const closed = history.close().finally(() => this.#closing.delete(path));
      this.#closing.set(path, closed);
      await closed;
    };
    return { history, release };
  }
}

// The longest that anyone wants to keep, and the shortest wait for the disk.
function together(users: ReadonlySet<User>): Wishes {
  const wishes = [...users].map((user) => user.wishes);
  const most = (of: (wish: Wishes) => number) => Math.max(...wishes.map(of));
  const names = Object.keys(tiers) as TierName[];
  const ages = Object.fromEntries(
    names.map((name) => [name, most(({ retention }) => retention.ages[name])]),
  ) as Record<TierName, number>;
  return {
    retention: { ages, size: most(({ retention }) => retention.size) },
    commitMs: Math.min(...wishes.map(({ commitMs }) => commitMs)),
    forwards: wishes.flatMap(({ forwards }) => forwards),
  };
}
