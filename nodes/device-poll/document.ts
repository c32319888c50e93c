import * as check from '../shared/check.ts';
import { metricUnit } from '../shared/metrics.ts';
import { FieldProblem } from '../shared/problem.ts';
import {
  type Count,
  countNames,
  type InterfaceState,
  type Sample,
  type Snapshot,
} from '../shared/snapshot.ts';

/** What a document told, and a problem for each part that was left out. */
export interface ReadDocument {
  snapshot: Snapshot;
  problems: Error[];
}

const maxName = 200;
const maxCount = 2n ** 64n - 1n;
/** min that a device's clock may be off */
const maxSkew = 10;

/**
 * Reads the document that a device answers: a {@link Snapshot} as JSON, or its list of interfaces
 * alone. A bad field is left out and reported, the rest is kept; null is a field that is not there.
 * Throws where the document is none.
 * @param now ms since the Unix epoch: the time of the snapshot where the document has none
 */
export function readDocument(document: unknown, now: number): ReadDocument {
  const raw = (Array.isArray(document) ? { interfaces: document } : document) as Raw | null;
  if (typeof raw !== 'object' || !(raw?.interfaces || raw?.readings))
    throw new FieldProblem('document', 'document', document);
  const problems: Error[] = [];
  const snapshot: Snapshot = { time: now };
  read(problems, raw, 'time', '', (field, value) => {
    const time = check.number(field, value);
    if (Math.abs(time - now) > maxSkew * 60_000)
      throw new FieldProblem(field, 'recentTime', value, { minutes: maxSkew });
    snapshot.time = time;
  });
  read(problems, raw, 'uptime', '', (field, value) => {
    snapshot.uptime = check.number(field, value, { min: 0 });
  });
  read(problems, raw, 'interfaces', '', (field, value) => {
    snapshot.interfaces = rows(problems, field, value, toInterface);
  });
  read(problems, raw, 'readings', '', (field, value) => {
    snapshot.readings = rows(problems, field, value, toSample);
  });
  return { snapshot, problems };
}

type Raw = Record<string, unknown>;

// A JSONata expression that finds one row gives the row, not a list of it.
function rows<Row>(
  problems: Error[],
  field: string,
  value: unknown,
  toRow: (problems: Error[], where: string, raw: Raw) => Row,
): Row[] {
  const list = typeof value === 'object' && !Array.isArray(value) ? [value] : value;
  const result: Row[] = [];
  check.array(field, list).forEach((raw, i) => {
    const where = `${field}[${i}]`;
    try {
      result.push(toRow(problems, where, check.object(where, raw)));
    } catch (error) {
      problems.push(error as Error);
    }
  });
  return result;
}

function toInterface(problems: Error[], where: string, raw: Raw): InterfaceState {
  // Most are good as they are, and there are many: those are not copied.
  if (isInterface(raw)) return raw;
  const state: InterfaceState = { name: check.text(`${where}.name`, raw.name, { max: maxName }) };
  for (const name of countNames)
    read(problems, raw, name, where, (field, value) => {
      state[name] = toCount(field, value);
    });
  for (const name of ['alias', 'type'] as const)
    read(problems, raw, name, where, (field, value) => {
      if (value !== '') state[name] = check.text(field, value);
    });
  for (const name of ['up', 'adminUp'] as const)
    read(problems, raw, name, where, (field, value) => {
      state[name] = check.boolean(field, value);
    });
  read(problems, raw, 'index', where, (field, value) => {
    state.index = check.number(field, value, { min: 0, integer: true });
  });
  read(problems, raw, 'speed', where, (field, value) => {
    state.speed = check.number(field, value, { min: 0 });
  });
  read(problems, raw, 'duplex', where, (field, value) => {
    state.duplex = check.oneOf(field, value, ['full', 'half']);
  });
  read(problems, raw, 'counterBits', where, (field, value) => {
    state.counterBits = check.oneOf(field, String(value), ['32', '64']) === '32' ? 32 : 64;
  });
  return state;
}

// Whether an interface has nothing to be mended or left out.
function isInterface(raw: Raw): raw is Raw & InterfaceState {
  return (
    isText(raw.name) &&
    (raw.alias === undefined || isText(raw.alias)) &&
    (raw.type === undefined || isText(raw.type)) &&
    isOptional(raw.up, 'boolean') &&
    isOptional(raw.adminUp, 'boolean') &&
    (raw.index === undefined || isSmallCount(raw.index)) &&
    (raw.speed === undefined || isSmallCount(raw.speed)) &&
    (raw.duplex === undefined || raw.duplex === 'full' || raw.duplex === 'half') &&
    (raw.counterBits === undefined || raw.counterBits === 32 || raw.counterBits === 64) &&
    (raw.inOctets === undefined || isSmallCount(raw.inOctets)) &&
    (raw.outOctets === undefined || isSmallCount(raw.outOctets)) &&
    (raw.inPackets === undefined || isSmallCount(raw.inPackets)) &&
    (raw.outPackets === undefined || isSmallCount(raw.outPackets)) &&
    (raw.inErrors === undefined || isSmallCount(raw.inErrors)) &&
    (raw.outErrors === undefined || isSmallCount(raw.outErrors)) &&
    (raw.inDiscards === undefined || isSmallCount(raw.inDiscards)) &&
    (raw.outDiscards === undefined || isSmallCount(raw.outDiscards))
  );
}

function isText(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value.length <= maxName &&
    value.trim() !== '' &&
    !check.hasControl(value)
  );
}

function isOptional(value: unknown, type: string): boolean {
  return value === undefined || typeof value === type;
}

function isSmallCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function toSample(problems: Error[], where: string, raw: Raw): Sample {
  const metric = check.text(`${where}.metric`, raw.metric, { max: 200 });
  const counter = raw.counter === true;
  const sample: Sample = {
    metric,
    value: counter
      ? toSampleCount(`${where}.value`, raw.value)
      : check.number(`${where}.value`, raw.value),
    unit: raw.unit === undefined ? metricUnit(metric) : check.text(`${where}.unit`, raw.unit),
    counter,
  };
  read(problems, raw, 'scale', where, (field, value) => {
    sample.scale = check.number(field, value);
  });
  for (const name of ['labels', 'info'] as const) {
    const value = raw[name];
    // Without its labels it would be another series: such a sample is left out as a whole.
    if (value !== undefined && value !== null)
      sample[name] = check.labels(`${where}.${name}`, value);
  }
  return sample;
}

// JSON numbers above 2^53 have lost their last digits, by less than 2 KiB: good enough for a rate.
function toCount(field: string, value: unknown): Count {
  const count =
    typeof value === 'bigint'
      ? value
      : (typeof value === 'string' && /^\d{1,20}$/.test(value)) ||
          (typeof value === 'number' && Number.isInteger(value))
        ? BigInt(value)
        : -1n;
  if (count < 0n || count > maxCount) throw new FieldProblem(field, 'count', value);
  return count <= Number.MAX_SAFE_INTEGER ? Number(count) : count;
}

// A sample's count may have a fraction: seconds, for one.
function toSampleCount(field: string, value: unknown): Count {
  if (typeof value !== 'number' || Number.isInteger(value)) return toCount(field, value);
  return check.number(field, value, { min: 0 });
}

// Reads a field that may be missing. Its problem is reported, and the field left out.
function read(
  problems: Error[],
  raw: Raw,
  name: string,
  where: string,
  take: (field: string, value: unknown) => void,
): void {
  const value = raw[name];
  if (value === undefined || value === null) return;
  try {
    take(where === '' ? name : `${where}.${name}`, value);
  } catch (error) {
    problems.push(error as Error);
  }
}
