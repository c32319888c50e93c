import type { InterfaceState, Snapshot } from '../../contract/snapshot.ts';
import type { Address } from '../../shared/address.ts';
import { inSlices } from '../../shared/in-slices.ts';
import { type InterfaceFilter, interfaceFilter } from '../../shared/match/interface-filter.ts';
import type { SeriesFilter } from '../../shared/match/series-filter.ts';
import { Problem } from '../../shared/problem.ts';
import { each } from '../../shared/steps.ts';
import type { Answer, Protocol } from '../protocol.ts';
import type { WebFields } from '../web/fields.ts';
import type { HttpAnswer, WebNetwork } from '../web/transport.ts';
import { Web, webSettings } from '../web/web.ts';
import { type Exposition, ExpositionReader, maxLine } from './exposition.ts';
import { type PrometheusFields, prometheusFields } from './fields.ts';
import { nodeExporterNames, readNodeExporter } from './node-exporter.ts';
import { selected } from './selection.ts';
import { Series } from './series.ts';
import { readSnmpExporter, snmpExporterNames } from './snmp-exporter.ts';

interface PrometheusSettings {
  web: WebFields;
  selection: SeriesFilter;
  filter: InterfaceFilter;
}

const headers = {
  accept: 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.9,*/*;q=0.1',
};

/**
 * Any exporter's metrics. Those of node_exporter and the interfaces of snmp_exporter come under
 * Netmon's own names, the selected ones under theirs.
 */
export const prometheus: Protocol<PrometheusFields, PrometheusSettings, WebNetwork> = {
  settings: (fields) => ({
    web: webSettings(fields),
    selection: prometheusFields.checks.metrics(fields.metrics),
    filter: interfaceFilter(fields),
  }),
  open({ web: settings, selection, filter }, secrets, network) {
    const web = new Web(settings, secrets, network);
    const ask = async (address: Address, signal: AbortSignal) => {
      const answer = await web.request(address, { method: 'GET', headers }, signal);
      return inSlices(reading(answer, network.now()), { signal });
    };
    function* reading(answer: HttpAnswer, time: number): Generator<void, Read> {
      const exposition = yield* parse(answer, selection);
      const merged = yield* merge(yield* Series.of(exposition.samples), time);
      return { exposition, snapshot: { ...merged, countedAt: answer.arrived } };
    }
    function* choosing({ exposition, snapshot }: Read): Generator<void, Answer> {
      const { interfaces, readings = [] } = snapshot;
      return {
        snapshot: {
          ...snapshot,
          ...(interfaces && { interfaces: yield* choose(interfaces, filter) }),
          readings: [...readings, ...(yield* selected(selection, exposition.samples))],
        },
        problems: exposition.problems,
      };
    }
    return {
      async poll(address, signal) {
        return inSlices(choosing(await ask(address, signal)), { signal });
      },
      interfaces: async (address, signal) => (await ask(address, signal)).snapshot.interfaces ?? [],
      asks: () => ({ protocol: 'Prometheus' }),
      close: () => web.close(),
    };
  },
};

interface Read {
  exposition: Exposition;
  snapshot: Snapshot;
}

function* parse({ type, body }: HttpAnswer, selection: SeriesFilter): Generator<void, Exposition> {
  const openMetrics = type === 'application/openmetrics-text';
  const reader = new ExpositionReader(
    openMetrics,
    (name) => nodeExporterNames.has(name) || snmpExporterNames.has(name) || selection.of(name),
  );
  yield* each(linesOf(body), (line) => {
    reader.line(line);
  });
  const exposition = reader.end();
  if (exposition.samples.length > 0) return exposition;
  // Metrics come under any type: only where there are none does it tell why.
  if (!openMetrics && !['', 'text/plain', 'application/octet-stream'].includes(type)) {
    throw new Problem('notMetrics', { type });
  }
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

function* merge(series: Series, time: number): Generator<void, Snapshot> {
  const node = yield* readNodeExporter(series, time);
  const snmp = yield* readSnmpExporter(series);
  const interfaces = [...(node.interfaces ?? []), ...(snmp.interfaces ?? [])];
  return {
    time,
    ...node,
    ...snmp,
    ...(interfaces.length > 0 && { interfaces }),
    readings: [...(node.readings ?? []), ...(snmp.readings ?? [])],
  };
}

function* choose(
  interfaces: readonly InterfaceState[],
  filter: InterfaceFilter,
): Generator<void, InterfaceState[]> {
  const chosen: InterfaceState[] = [];
  yield* each(interfaces, (state) => {
    if (!filter.takes(state)) return;
    const speed = filter.speed(state.name);
    chosen.push(speed === undefined ? state : { ...state, speed });
  });
  return chosen;
}
