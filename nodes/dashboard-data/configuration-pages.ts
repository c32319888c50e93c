import type {
  ConfigurationLine,
  ConfigurationPage,
  ConfigurationsPage,
  PageBase,
  VersionLine,
} from '../contract/pages.ts';
import type { KeptDevice, Version, Versions } from '../shared/configurations/versions/contract.ts';
import { byName } from '../shared/natural-order.ts';
import type { AskedPage } from './page-request.ts';

/** versions of a device that are listed */
const mostVersions = 200;
/** devices in which a search finds something */
const mostHits = 50;
/** lines around those that changed, and lines of a diff */
const context = 3;
const mostDiffLines = 4000;
/** lines of a whole text */
const mostTextLines = 20_000;
/** marks of one chart */
const mostMarks = 20;
/** ms for which that of a device is kept: an open page asks for it every few seconds */
const keptFor = 60_000;
const mostKept = 200;

type Asked<Name extends AskedPage['page']> = Extract<AskedPage, { page: Name }>;

/** What other pages tell of a device whose configurations are kept. */
export interface DeviceConfiguration {
  device: string;
  /** when it changed, ms since the Unix epoch, ascending: the last few */
  changes: number[];
}

interface Kept {
  /** ms since the Unix epoch */
  from: number;
  until: number;
  found: Promise<DeviceConfiguration | undefined>;
}

/** What a page of a device's configuration has beside its base; undefined where there is none. */
type Made<P extends PageBase> = Omit<P, keyof PageBase>;

/** The kept configurations, as pages show them. All reject as the versions do. */
export class ConfigurationPages {
  readonly #versions: () => Promise<Versions>;
  readonly #kept = new Map<string, Kept>();

  constructor(versions: () => Promise<Versions>) {
    this.#versions = versions;
  }

  /** What is kept of a device, with its changes from a time until now; undefined where nothing is. */
  async of(device: string, from: number, now: number): Promise<DeviceConfiguration | undefined> {
    const known = this.#kept.get(device);
    // A shorter period has fewer changes.
    if (known && known.until > now && known.from <= from + keptFor) return known.found;
    const found = this.#read(device, from, now);
    this.#kept.delete(device);
    this.#kept.set(device, { from, until: now + keptFor, found });
    found.catch(() => this.#kept.delete(device));
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
    return found;
  }

  async #read(device: string, from: number, now: number): Promise<DeviceConfiguration | undefined> {
    const versions = await this.#versions();
    const [latest] = await versions.list(device, 1);
    if (!latest) return undefined;
    const found = latest.time < from ? [] : await versions.changes(from, now, device);
    // The first one that is kept is no change.
    const changes = found.filter(({ before }) => before !== undefined);
    return { device, changes: changes.slice(-mostMarks).map(({ time }) => time) };
  }

  /** All devices, and what a search finds in the newest version of each. */
  async list(
    { search = '', isExpression = false }: Asked<'configurations'>,
    titleOf: (device: string) => string,
    text: (error: unknown) => string,
  ): Promise<Made<ConfigurationsPage>> {
    const versions = await this.#versions();
    const lines = (await versions.devices())
      .map((device) => lineOf(device, titleOf))
      .sort((a, b) => byName(a.title, b.title));
    const page = { page: 'configurations' as const, lines };
    if (search === '') return page;
    const asked = { text: search, isExpression };
    try {
      const request = { pattern: search, isExpression, isLatestOnly: true, limit: mostHits };
      const { hits, isPartial } = await versions.search(request);
      const found = hits.map(({ version, lines: some, count }) => ({
        ...{ device: version.device, title: titleOf(version.device) },
        ...{ version: versionOf(version), lines: some, count },
      }));
      return { ...page, search: { ...asked, hits: found, isPartial } };
    } catch (error) {
      return { ...page, search: { ...asked, hits: [], isPartial: false, problem: text(error) } };
    }
  }

  /** One device: the version that is asked for or the newest, compared with another one or the one before. */
  async one(
    { device, version, before, isWhole = false }: Asked<'configuration'>,
    titleOf: (device: string) => string,
  ): Promise<Made<ConfigurationPage> | undefined> {
    const versions = await this.#versions();
    const kept = (await versions.devices()).find((one) => one.device === device);
    const list = kept ? await versions.list(device, mostVersions) : [];
    const shown =
      version === undefined ? list[0] : await versionIn(versions, device, version, list);
    if (!kept || !shown) return undefined;
    const otherId = before ?? shown.before;
    const compared =
      otherId === undefined ? undefined : await versionIn(versions, device, otherId, list);
    const unsaved = shown.id === list[0]?.id ? await versions.unsaved(device) : null;
    const page = {
      ...(unsaved && { unsaved: unsaved.diff }),
      ...{ page: 'configuration' as const, line: lineOf(kept, titleOf) },
      ...{ versions: list.map(versionOf), olderLeft: Math.max(0, kept.versions - list.length) },
      ...{ shown: versionOf(shown), ...(compared && { compared: versionOf(compared) }) },
    };
    if (compared && !isWhole) {
      const diff = await versions.diff(compared.id, shown.id, context, mostDiffLines);
      return { ...page, diff };
    }
    return { ...page, ...shortened(await versions.text(shown.id)) };
  }
}

async function versionIn(
  versions: Versions,
  device: string,
  id: number,
  list: readonly Version[],
): Promise<Version | undefined> {
  const found = list.find((one) => one.id === id) ?? (await versions.version(id));
  return found.device === device ? found : undefined;
}

function shortened(text: string): { text: string; textLeft?: number } {
  let end = 0;
  for (let line = 0; line < mostTextLines; line++) {
    const next = text.indexOf('\n', end);
    if (next < 0) return { text };
    end = next + 1;
  }
  const left = text.slice(end).split('\n').length - 1;
  return left <= 0 ? { text } : { text: text.slice(0, end), textLeft: left };
}

function lineOf(
  { device, fetchedAt, changedAt, versions, unsavedSince, failed }: KeptDevice,
  titleOf: (device: string) => string,
): ConfigurationLine {
  return {
    ...{ device, title: titleOf(device), versions },
    ...{ fetchedAt: fetchedAt ?? null, changedAt: changedAt ?? null },
    ...(unsavedSince !== undefined && { unsavedSince }),
    ...(failed && { failed }),
  };
}

function versionOf({ id, time, size, before, added, removed, changedBy }: Version): VersionLine {
  return {
    ...{ id, time, size, added, removed },
    ...(before !== undefined && { before }),
    ...(changedBy !== undefined && { changedBy }),
  };
}
