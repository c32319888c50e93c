import { aggregations } from '../shared/history/aggregation.ts';
import { acrosses, comparisons } from '../shared/history/request.ts';

interface Parameter {
  description: string;
  schema: object;
}

const text = { type: 'string' };

/** What may stand behind the `?` of /api/metrics. */
export const parameters = {
  metric: {
    description:
      'Names of metrics, separated by commas, with * and !: in_rate, cpu_*. Default: all.',
    schema: { ...text, default: '*' },
  },
  labels: {
    description: 'Label matchers: device="core-1", interface=~"eth.*". Default: all.',
    schema: text,
  },
  from: {
    description:
      '24h, 7d, yesterday, this week, 2026-11-25, 2026-11-25T08:00Z, or ms since the Unix epoch.',
    schema: { ...text, default: '24h' },
  },
  to: {
    description: 'Likewise. Default: now, or the end of the day or week in from.',
    schema: text,
  },
  step: {
    description: 'auto (at most 500 points), raw for readings as they came, 30s, 5m, 1h, 1d.',
    schema: { ...text, default: 'auto' },
  },
  aggregation: {
    description: 'What each step tells; several are separated by commas.',
    schema: {
      type: 'array',
      items: { type: 'string', enum: aggregations },
      default: ['average'],
    },
  },
  groupBy: {
    description:
      'Labels by which series are put together, separated by commas; - for all into one.',
    schema: text,
  },
  across: {
    description: 'How the series of a group become one.',
    schema: { type: 'string', enum: acrosses, default: 'sum' },
  },
  top: {
    description: 'Only so many series: those whose average is largest.',
    schema: { type: 'integer', minimum: 1, maximum: 1000 },
  },
  compare: {
    description: 'Adds the same time a day or a week before, moved to lie upon the other.',
    schema: { type: 'string', enum: comparisons, default: 'none' },
  },
  timeZone: {
    description: 'For days and weeks: Europe/Berlin. Default: that of the server.',
    schema: text,
  },
  limit: {
    description: 'Series at most; omitted in the answer says how many there were beside.',
    schema: { type: 'integer', minimum: 1, maximum: 10_000, default: 100 },
  },
  format: {
    description: 'JSON, or one row a point as CSV.',
    schema: { type: 'string', enum: ['json', 'csv'], default: 'json' },
  },
} as const satisfies Record<string, Parameter>;

/**
 * The description of the API (OpenAPI 3.1).
 * @param path what stands before its addresses
 */
export function openApi(path: string): object {
  const texts = { type: 'object', additionalProperties: text };
  const error = { type: 'object', required: ['error'], properties: { error: text } };
  const failures = {
    400: answer('A parameter is wrong: which one, and what was expected.', error),
    503: answer('The history cannot be read now.', error),
  };
  const series = {
    type: 'object',
    required: ['metric', 'labels', 'unit', 'times', 'values'],
    properties: {
      metric: text,
      labels: { ...texts, description: 'They identify the series.' },
      unit: text,
      info: { ...texts, description: 'They describe the series.' },
      times: { type: 'array', items: { type: 'integer' }, description: 'ms since the Unix epoch' },
      values: {
        type: 'object',
        description:
          'A column for each aggregation, or “value” with step=raw; null: nothing there.',
        additionalProperties: { type: 'array', items: { type: ['number', 'null'] } },
      },
    },
  };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Netmon history',
      version: '1',
      description: 'What Netmon measured, as it is kept in its history database.',
    },
    paths: {
      [`${path}/api/metrics`]: {
        get: {
          summary: 'Readings of a span of time; of the last 24 hours unless asked for others.',
          parameters: Object.entries(parameters).map(([name, parameter]) => ({
            ...{ name, in: 'query' },
            ...('type' in parameter.schema &&
              parameter.schema.type === 'array' && { style: 'form', explode: false }),
            ...parameter,
          })),
          responses: {
            200: {
              description: 'The series.',
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    required: ['from', 'to', 'step', 'omitted', 'series'],
                    properties: {
                      from: { type: 'integer', description: 'ms since the Unix epoch' },
                      to: { type: 'integer', description: 'ms since the Unix epoch' },
                      step: { type: ['number', 'null'], description: 's; null for raw readings' },
                      omitted: { type: 'integer', description: 'series left out for the limit' },
                      series: { type: 'array', items: series },
                    },
                  },
                },
                'text/csv': { schema: text },
              },
            },
            ...failures,
          },
        },
      },
      [`${path}/metrics`]: {
        get: {
          summary: 'The latest value of each series, for Prometheus to scrape.',
          parameters: [
            {
              name: 'maxAge',
              in: 'query',
              description: 'How old a value may be. Default: 5m, as in Prometheus.',
              schema: { ...text, default: '5m' },
            },
          ],
          responses: {
            200: {
              description: 'Prometheus’ text format, or OpenMetrics where it is asked for.',
              content: {
                'text/plain': { schema: text },
                'application/openmetrics-text': { schema: text },
              },
            },
            ...failures,
          },
        },
      },
    },
  };
}

function answer(description: string, schema: object): object {
  return { description, content: { 'application/json': { schema } } };
}
