import { interfaceFilter, type InterfaceFilter } from '../../shared/interface-filter.ts';
import { Problem } from '../../shared/problem.ts';
import type { InterfaceState, Snapshot } from '../../shared/snapshot.ts';
import type { Address } from '../address.ts';
import { type PrometheusFields, prometheusFields } from '../fields/prometheus.ts';
import type { WebFields } from '../fields/web.ts';
import { type Exposition, ExpositionReader, maxLine } from '../prometheus/exposition.ts';
import { nodeExporterNames, readNodeExporter } from '../prometheus/node-exporter.ts';
import { mayContain, selected, type Selection } from '../prometheus/selection.ts';
import { Series } from '../prometheus/series.ts';
import { readSnmpExporter, snmpExporterNames } from '../prometheus/snmp-exporter.ts';
import type { HttpAnswer, Protocol } from './protocol.ts';
import { Web, webSettings } from './web.ts';

interface PrometheusSettings {
  web: WebFields;
  selection: Selection;
  filter: InterfaceFilter;
}

/** ms after which the reading of a large answer lets others run */
const slice = 3;

const headers = {
  accept: 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.9,*/*;q=0.1',
};

/**
 * Any exporter's metrics. Those of node_exporter and the interfaces of snmp_exporter come under
 * Netmon's own names, the selected ones under theirs.
 */
export const prometheus: Protocol<PrometheusFields, PrometheusSettings> = {
  settings: (fields) => ({
    web: webSettings(fields),
    selection: prometheusFields.checks.metrics(fields.metrics),
    filter: interfaceFilter(fields),
  }),
  open({ web: settings, selection, filter }, secrets, transports) {
    const web = new Web(settings, secrets, transports);
    const ask = async (address: Address, signal: AbortSignal) => {
      const answer = await web.request(address, { method: 'GET', headers }, signal);
      const exposition = await parse(answer, selection, signal);
      const time = transports.now();
      return {
        exposition,
        snapshot: { ...merge(new Series(exposition.samples), time), countedAt: answer.arrived },
      };
    };
    return {
      async poll(address, signal) {
        const { exposition, snapshot } = await ask(address, signal);
        const { interfaces, readings = [] } = snapshot;
        return {
          snapshot: {
            ...snapshot,
            ...(interfaces && { interfaces: choose(interfaces, filter) }),
            readings: [...readings, ...selected(selection, exposition.samples)],
          },
          problems: exposition.problems,
        };
      },
      interfaces: async (address, signal) => (await ask(address, signal)).snapshot.interfaces ?? [],
      close: () => web.close(),
    };
  },
};

async function parse(
  { type, body }: HttpAnswer,
  selection: Selection,
  signal: AbortSignal,
): Promise<Exposition> {
  const openMetrics = type === 'application/openmetrics-text';
  const reader = new ExpositionReader(
    openMetrics,
    (name) =>
      nodeExporterNames.has(name) || snmpExporterNames.has(name) || mayContain(selection, name),
  );
  let resumed = performance.now();
  for (const line of linesOf(body)) {
    reader.line(line);
    if (performance.now() - resumed < slice) continue;
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    resumed = performance.now();
  }
  const exposition = reader.end();
  if (exposition.samples.length > 0) return exposition;
  // Metrics come under any type: only where there are none does it tell why.
  if (!openMetrics && !['', 'text/plain', 'application/octet-stream'].includes(type))
    throw new Problem('notMetrics', { type });
  throw exposition.problems[0] ?? new Problem('noMetrics');
}

function* linesOf(pieces: readonly string[]): Generator<string> {
  let rest = '';
  for (const piece of pieces) {
    let at = 0;
    for (let end; (end = piece.indexOf('\n', at)) !== -1; at = end + 1) {
      yield rest + piece.slice(at, end);
      rest = '';
    }
    // Nothing more of a line that is too long anyway.
    if (rest.length <= maxLine) rest += piece.slice(at);
  }
  if (rest !== '') yield rest;
}

function merge(series: Series, time: number): Snapshot {
  const node = readNodeExporter(series, time);
  const snmp = readSnmpExporter(series);
  const interfaces = [...(node.interfaces ?? []), ...(snmp.interfaces ?? [])];
  return {
    time,
    ...node,
    ...snmp,
    ...(interfaces.length > 0 && { interfaces }),
    readings: [...(node.readings ?? []), ...(snmp.readings ?? [])],
  };
}

function choose(interfaces: InterfaceState[], filter: InterfaceFilter): InterfaceState[] {
  return interfaces
    .filter((state) => filter.takes(state))
    .map((state) => {
      const speed = filter.speed(state.name);
      return speed === undefined ? state : { ...state, speed };
    });
}
