import type { Domain } from './domain.ts';
import type { Exporter } from './exporter.ts';
import { kind, type TemplateField } from './fields.ts';
import type { Flow, FlowSink } from './flow.ts';
import type { HeldData } from './held-data.ts';
import { frameFlow, ipFlow } from './packet.ts';
import { addressOf, readRecord, RecordValues } from './record.ts';
import { samplingFactor } from './sampling.ts';
import type { Template } from './template.ts';

/** The times that the header of a datagram tells, by the exporter's clock. */
interface SetTimes {
  /** ms since 1970 */
  exportedAt: number;
  /** ms since its start; NaN where not told */
  uptime: number;
  /** when the datagram arrived, ms on a steady clock */
  arrived: number;
}

/** What decoding needs besides the datagram. */
export interface SetContext {
  exporter: Exporter;
  domain: Domain;
  domainKey: string;
  times: SetTimes;
  flow: Flow;
  sink: FlowSink;
  held: HeldData;
}

const values = new RecordValues();

/** Decodes the records of a data set. Returns how many; undefined where their template is not known. */
export function decodeRecords(
  context: SetContext,
  template: Template | undefined,
  id: number,
  data: Buffer,
  start: number,
  end: number,
): number | undefined {
  const { exporter, domainKey, times, held } = context;
  if (!template) {
    const kept = { domain: domainKey, id, data: data.subarray(start, end), ...times };
    if (!held.add(exporter.held, kept)) exporter.tally.withoutTemplate++;
    return undefined;
  }
  let count = 0;
  // What is shorter than a record is padding.
  for (let at = start; at + template.length <= end;) {
    const next = readRecord(values, template, data, at, end);
    if (next < 0) {
      exporter.tally.malformed++;
      break;
    }
    if (template.isOptions) takeOptions(context, data);
    else takeFlow(context, data);
    count++;
    at = next;
  }
  return count;
}

/** Takes a template, and decodes what waited for it. */
export function takeTemplate(
  context: SetContext,
  id: number,
  isOptions: boolean,
  fields: readonly TemplateField[],
): void {
  const { exporter, domain, domainKey, held } = context;
  if (!domain.templates.set(id, isOptions, fields)) return;
  const template = domain.templates.get(id);
  for (const { data, arrived, exportedAt, uptime } of held.take(exporter.held, domainKey, id)) {
    const times = { arrived, exportedAt, uptime };
    decodeRecords({ ...context, times }, template, id, data, 0, data.length);
  }
}

function takeFlow(context: SetContext, data: Buffer): void {
  const { exporter, domain, flow, sink } = context;
  const { numbers } = values;
  flow.clear();
  if (numbers[kind.section]! > 0 || numbers[kind.ipSection]! > 0) {
    if (!takeSection(flow, data)) {
      exporter.tally.notIp++;
      return;
    }
  } else {
    flow.source = addressOf(numbers[kind.source4]!, values.source6);
    flow.destination = addressOf(numbers[kind.destination4]!, values.destination6);
    flow.octets = numbers[kind.octets]!;
    flow.packets = numbers[kind.packets]!;
    flow.protocol = numbers[kind.protocol]! & 255;
    flow.sourcePort = numbers[kind.sourcePort]! & 65535;
    flow.destinationPort = numbers[kind.destinationPort]! & 65535;
    setAges(flow, context);
  }
  flow.input = numbers[kind.input]!;
  flow.output = numbers[kind.output]!;
  flow.sourceAs = numbers[kind.sourceAs]!;
  flow.destinationAs = numbers[kind.destinationAs]!;
  const application = numbers[kind.application]!;
  if (application > 0) flow.application = exporter.applicationNames.get(application) ?? '';
  const reverseOctets = numbers[kind.reverseOctets]!;
  const reversePackets = numbers[kind.reversePackets]!;
  // Events of firewalls and of address translation carry nothing.
  if (flow.octets === 0 && flow.packets === 0 && reverseOctets === 0 && reversePackets === 0) {
    exporter.tally.events++;
    return;
  }
  const told = factorOf(numbers);
  flow.factor = domain.sampling.factor(numbers[kind.sampler]!, flow.input, told);
  flow.direction = numbers[kind.direction]!;
  if (flow.octets > 0 || flow.packets > 0) {
    exporter.tally.flows++;
    sink.flow(flow, context.times.arrived);
  }
  if (reverseOctets > 0 || reversePackets > 0) {
    flow.reverse(reverseOctets, reversePackets);
    exporter.tally.flows++;
    sink.flow(flow, context.times.arrived);
  }
}

// The beginning of a packet itself (fields 313 and 315, RFC 5477): one packet of those that were sampled.
function takeSection(flow: Flow, data: Buffer): boolean {
  const of = values.numbers[kind.section]! > 0 ? kind.section : kind.ipSection;
  const [from, to] = [values.from[of]!, values.to[of]!];
  const size = values.numbers[kind.sectionSize]! || values.numbers[of]!;
  return of === kind.section
    ? frameFlow(flow, data, from, to, size)
    : ipFlow(flow, data, from, to, size);
}

function factorOf(numbers: Float64Array): number {
  return samplingFactor(
    numbers[kind.samplingInterval]!,
    numbers[kind.packetInterval]!,
    numbers[kind.packetSpace]!,
    numbers[kind.samplingSize]!,
    numbers[kind.samplingPopulation]!,
  );
}

/** The fields that may tell a time, one for each form. */
interface TimeForms {
  ms: number;
  s: number;
  fraction: number;
  delta: number;
  uptime: number;
}

const first: TimeForms = {
  ...{ ms: kind.firstMs, s: kind.firstSeconds, fraction: kind.firstFraction },
  ...{ delta: kind.firstDelta, uptime: kind.firstUptime },
};
const last: TimeForms = {
  ...{ ms: kind.lastMs, s: kind.lastSeconds, fraction: kind.lastFraction },
  ...{ delta: kind.lastDelta, uptime: kind.lastUptime },
};

function setAges(flow: Flow, { domain, times }: SetContext): void {
  const { numbers } = values;
  flow.lastAge = ageOf(last, domain, times);
  flow.firstAge = ageOf(first, domain, times);
  if (Number.isNaN(flow.firstAge) && numbers[kind.duration]! > 0) {
    flow.firstAge = flow.lastAge + numbers[kind.duration]!;
  }
}

// Of whichever of the many forms a record has.
function ageOf(forms: TimeForms, { startedAt }: Domain, { exportedAt, uptime }: SetTimes): number {
  const { numbers } = values;
  const up = numbers[forms.uptime]!;
  if (up > 0) {
    if (!Number.isNaN(uptime)) return (uptime - up) | 0;
    return exportedAt - (numbers[kind.startedAt]! || startedAt) - up;
  }
  if (numbers[forms.ms]! > 0) return exportedAt - numbers[forms.ms]!;
  if (numbers[forms.s]! > 0) return exportedAt - numbers[forms.s]! * 1000;
  if (numbers[forms.fraction]! > 0) return exportedAt - numbers[forms.fraction]!;
  if (numbers[forms.delta]! > 0) return numbers[forms.delta]! / 1000;
  return Number.NaN;
}

// Options tell of the exporter: how it samples, when it started, what its interfaces and applications are called.
function takeOptions({ exporter, domain }: SetContext, data: Buffer): void {
  const { numbers, from, to } = values;
  const index = numbers[kind.input]!;
  const factor = factorOf(numbers);
  if (factor > 0) {
    if (numbers[kind.sampler]! > 0) domain.sampling.setSampler(numbers[kind.sampler]!, factor);
    else if (index > 0) domain.sampling.setInterface(index, factor);
    else domain.sampling.setGeneral(factor);
  }
  if (numbers[kind.startedAt]! > 0) domain.startedAt = numbers[kind.startedAt]!;
  const application = numbers[kind.application]!;
  if (application > 0 && numbers[kind.applicationName]! > 0) {
    const [start, end] = [from[kind.applicationName], to[kind.applicationName]];
    exporter.nameApplication(application, data.toString('utf8', start, end));
  }
  const name = numbers[kind.interfaceName]! > 0 ? kind.interfaceName : kind.interfaceDescription;
  if (index > 0 && numbers[name]! > 0) {
    exporter.nameInterface(index, data.toString('utf8', from[name], to[name]));
  }
}
