import assert from 'node:assert/strict';
import { HistoryApi } from '../../nodes/history-database/api.ts';
import { parameters } from '../../nodes/history-database/openapi.ts';
import type { AskedQuery } from '../../nodes/shared/history/store/messages.ts';
import { Problem } from '../../nodes/shared/problem.ts';
import { FakeClock } from '../support/fake-clock.ts';

const now = Date.parse('2026-11-25T10:00:00Z');
const day = 86_400_000;

describe('HistoryApi', () => {
  let asked: AskedQuery[];
  let since: number;
  let api: HistoryApi;
  let failure: Error | undefined;

  beforeEach(() => {
    asked = [];
    failure = undefined;
    const one = { metric: 'cpu_usage', labels: { device: 'a' }, unit: '%', info: undefined };
    const history = {
      read(query: AskedQuery) {
        asked.push(query);
        const names = query.aggregations ?? ['value'];
        const columns = Object.fromEntries(names.map((name, i) => [name, Float64Array.of(i, NaN)]));
        return Promise.resolve({
          series: [{ ...one, times: Float64Array.of(1000, 2000), columns }],
          omitted: 3,
        });
      },
      latest(from: number) {
        since = from;
        return Promise.resolve([{ ...one, time: now, value: 12.5 }]);
      },
    };
    const open = () => (failure ? Promise.reject(failure) : Promise.resolve(history));
    api = new HistoryApi(open, '/netmon', new FakeClock({ date: now }));
  });

  const get = async (address: string, accept?: string) => {
    const url = new URL(address, 'http://localhost');
    const query: Record<string, unknown> = {};
    for (const name of new Set(url.searchParams.keys())) {
      const all = url.searchParams.getAll(name);
      query[name] = all.length > 1 ? all : all[0];
    }
    const signal = new AbortController().signal;
    const { status, type, body } = await api.answer(url.pathname, { query, accept, signal });
    const text = [...body].join('');
    return { status, type, text, json: () => JSON.parse(text) as Record<string, unknown> };
  };

  it('answers with the last 24 hours unless asked for others', async () => {
    const { status, type, json } = await get('/netmon/api/metrics?timeZone=UTC');
    assert.deepEqual([status, type], [200, 'application/json']);
    assert.deepEqual(json(), {
      from: now - day,
      to: now,
      step: 300,
      omitted: 3,
      series: [
        {
          ...{ metric: 'cpu_usage', labels: { device: 'a' }, unit: '%', times: [1000, 2000] },
          values: { average: [0, null] },
        },
      ],
    });
    assert.equal(asked[0]!.metrics, '*');
  });

  it('takes metric, labels, times, step and aggregations', async () => {
    const labels = encodeURIComponent('device="a", interface=~"eth.*"');
    const { json } = await get(
      `/netmon/api/metrics?metric=in_rate&metric=out_*&labels=${labels}&from=2026-11-24T00:00Z` +
        '&to=2026-11-24T01:00Z&step=10m&aggregation=min,max&top=5&groupBy=device&across=max&limit=7',
    );
    const [query] = asked;
    assert.equal(query!.metrics, 'in_rate,out_*');
    assert.equal(query!.labels, 'device="a", interface=~"eth.*"');
    assert.deepEqual(query!.aggregations, ['min', 'max']);
    assert.deepEqual([query!.top, query!.maxSeries], [5, 7]);
    assert.deepEqual(query!.group, { by: ['device'], across: 'max' });
    const { from, to, step, series } = json();
    assert.deepEqual([from, to, step], [Date.UTC(2026, 10, 24), Date.UTC(2026, 10, 24, 1), 600]);
    assert.deepEqual((series as { values: object }[])[0]!.values, {
      min: [0, null],
      max: [1, null],
    });
  });

  it('answers readings as they came, and CSV', async () => {
    assert.equal((await get('/netmon/api/metrics?step=raw')).json().step, null);
    const { type, text } = await get('/netmon/api/metrics?format=csv');
    assert.equal(type, 'text/csv; charset=utf-8');
    assert.equal(text, 'time,metric,device,value,unit\r\n1000,cpu_usage,a,0,%\r\n');
  });

  it('says as JSON which parameter is wrong', async () => {
    const wrong: [string, RegExp][] = [
      ['from=tomorrow', /^from: expected 24h, yesterday/],
      ['from=1h&to=2h', /^to: expected a time after/],
      ['step=0', /^step: expected auto, raw/],
      ['step=1s&from=30d', /^step: expected a longer step/],
      ['aggregation=mean', /^aggregation: expected one of average, min/],
      ['aggregation=min,', /^aggregation: expected one of average, min/],
      ['labels=device%3D', /^labels: expected label matchers/],
      ['labels=device%3D~"(a%2B)%2B%241"', /^labels: expected/],
      ['metric=%20%2C', /^metric: expected/],
      ['limit=0', /^limit: expected a number from 1/],
      ['format=xml', /^format: expected one of json, csv/],
      ['metrics=a', /^metrics: expected only the fields metric, labels/],
      ['timeZone=Mars', /^timeZone: expected a time zone/],
    ];
    for (const [query, message] of wrong) {
      const { status, type, json } = await get(`/netmon/api/metrics?${query}`);
      assert.deepEqual([status, type], [400, 'application/json'], query);
      assert.match(json().error as string, message, query);
    }
    assert.deepEqual(asked, []);
  });

  it('says as JSON that the history cannot be read', async () => {
    failure = new Problem('historyReadOnly');
    for (const path of ['/netmon/api/metrics', '/netmon/metrics']) {
      const { status, json } = await get(path);
      assert.equal(status, 503);
      assert.match(json().error as string, /^the folder of the history cannot be written/);
    }
  });

  it('shows the latest values to Prometheus, as old as it takes them', async () => {
    const { type, text } = await get('/netmon/metrics');
    assert.equal(type, 'text/plain; version=0.0.4; charset=utf-8');
    assert.match(text, /^cpu_usage\{device="a"\} 12.5$/m);
    assert.equal(since, now - 300_000);
    const { type: open } = await get('/netmon/metrics?maxAge=1h', 'application/openmetrics-text');
    assert.match(open, /^application\/openmetrics-text; version=1.0.0/);
    assert.equal(since, now - 3_600_000);
    assert.match((await get('/netmon/metrics?maxAge=old')).text, /maxAge: expected a length/);
  });

  it('describes itself', async () => {
    const described = (await get('/netmon/api/openapi.json')).json();
    const paths = described.paths as Record<string, { get: { parameters: { name: string }[] } }>;
    assert.deepEqual(Object.keys(paths), ['/netmon/api/metrics', '/netmon/metrics']);
    assert.deepEqual(
      paths['/netmon/api/metrics']!.get.parameters.map(({ name }) => name),
      Object.keys(parameters),
    );
    assert.deepEqual([...api.paths].sort(), [
      '/netmon/api/metrics',
      '/netmon/api/openapi.json',
      '/netmon/metrics',
    ]);
    assert.equal((await get('/metrics')).status, 404);
  });
});
