import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ExpositionReader } from '../../../nodes/protocols/prometheus/exposition.ts';

function read(
  text: string,
  { openMetrics = false, wanted = (name: string): boolean => name !== '' } = {},
) {
  const reader = new ExpositionReader(openMetrics, wanted);
  for (const line of text.split('\n')) reader.line(line);
  const { samples, problems } = reader.end();
  return {
    samples: samples.map(({ name, labels, value, counter }) => [
      name + JSON.stringify(labels),
      value,
      ...(counter ? ['counter'] : []),
    ]),
    problems: problems.map(({ message }) => message),
  };
}

describe('ExpositionReader', () => {
  it('reads the text format', () => {
    // https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-example
    const text = `# HELP http_requests_total The total number of HTTP requests.
# TYPE http_requests_total counter
http_requests_total{method="post",code="200"} 1027 1395066363000
http_requests_total{method="post",code="400"}    3 1395066363000

# Escaping in label values:
msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9

# Minimalistic line:
metric_without_timestamp_and_labels 12.47

# A weird metric from before the epoch:
something_weird{problem="division by zero"} +Inf -3982045

# A histogram, which has a pretty complex representation in the text format:
# HELP http_request_duration_seconds A histogram of the request duration.
# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_bucket{le="0.05"} 24054
http_request_duration_seconds_bucket{le="+Inf"} 144320
http_request_duration_seconds_sum 53423
http_request_duration_seconds_count 144320

# TYPE rpc_duration_seconds summary
rpc_duration_seconds{quantile="0.01"} 3102
rpc_duration_seconds_sum 1.7560473e+07
rpc_duration_seconds_count 2693
`;
    assert.deepEqual(read(text), {
      samples: [
        ['http_requests_total{"method":"post","code":"200"}', 1027, 'counter'],
        ['http_requests_total{"method":"post","code":"400"}', 3, 'counter'],
        [
          'msdos_file_access_time_seconds{"path":"C:\\\\DIR\\\\FILE.TXT","error":"Cannot find file:\\n\\"FILE.TXT\\""}',
          1458255915,
        ],
        ['metric_without_timestamp_and_labels{}', 12.47],
        ['http_request_duration_seconds_bucket{"le":"0.05"}', 24054, 'counter'],
        ['http_request_duration_seconds_bucket{"le":"+Inf"}', 144320, 'counter'],
        ['http_request_duration_seconds_sum{}', 53423, 'counter'],
        ['http_request_duration_seconds_count{}', 144320, 'counter'],
        ['rpc_duration_seconds{"quantile":"0.01"}', 3102],
        ['rpc_duration_seconds_sum{}', 17560473, 'counter'],
        ['rpc_duration_seconds_count{}', 2693, 'counter'],
      ],
      problems: [],
    });
  });

  it('reads OpenMetrics', () => {
    const text = `# TYPE acme_http_router_request_seconds summary
# UNIT acme_http_router_request_seconds seconds
# HELP acme_http_router_request_seconds Latency though all of ACME's HTTP request router.
acme_http_router_request_seconds_sum{path="/api/v1",method="GET"} 9036.32
acme_http_router_request_seconds_count{path="/api/v1",method="GET"} 807283.0
acme_http_router_request_seconds_created{path="/api/v1",method="GET"} 1605281325.0
# TYPE go_goroutines gauge
go_goroutines 69
# TYPE foo counter
foo_total{a="x # {y"} 17.0 1520879607.789 # {trace_id="KOO5S4vxi0o"} 0.67 1520879600.1
foo_created 1520430000.123
# TYPE bar histogram
bar_bucket{le="0.1"} 8 # {id="a b"} 0.05
# TYPE baz gaugehistogram
baz_gcount 3
# EOF
`;
    assert.deepEqual(read(text, { openMetrics: true }), {
      samples: [
        [
          'acme_http_router_request_seconds_sum{"path":"/api/v1","method":"GET"}',
          9036.32,
          'counter',
        ],
        [
          'acme_http_router_request_seconds_count{"path":"/api/v1","method":"GET"}',
          807283,
          'counter',
        ],
        ['acme_http_router_request_seconds_created{"path":"/api/v1","method":"GET"}', 1605281325],
        ['go_goroutines{}', 69],
        ['foo_total{"a":"x # {y"}', 17, 'counter'],
        ['foo_created{}', 1520430000.123],
        ['bar_bucket{"le":"0.1"}', 8, 'counter'],
        ['baz_gcount{}', 3],
      ],
      problems: [],
    });
  });

  it('takes what ends with _total for a counter where no type is told', () => {
    assert.deepEqual(
      read('# TYPE b_total gauge\n# TYPE c untyped\na_total 1\nb_total 1\nc_total 1'),
      {
        samples: [
          ['a_total{}', 1, 'counter'],
          ['b_total{}', 1],
          ['c_total{}', 1, 'counter'],
        ],
        problems: [],
      },
    );
  });

  it('takes spaces, tabs, carriage returns, empty and trailing labels', () => {
    const text = 'a { x = "1" , y="2", }\t7\r\n  b{}8\nc{} 8\nd{x=""} 9\n\t\r\n#';
    assert.deepEqual(read(text), {
      samples: [
        ['a{"x":"1","y":"2"}', 7],
        ['c{}', 8],
        ['d{}', 9],
      ],
      problems: ['line 2: value: expected a number, but got "8"'],
    });
  });

  it('leaves out what could not be observed', () => {
    assert.deepEqual(read('a NaN\nb +Inf\nc -Inf\nd nan\ne Inf\nf 1e400\ng 1'), {
      samples: [['g{}', 1]],
      problems: [],
    });
  });

  it('leaves out broken lines, and says which and why', () => {
    const text = `good 1
1bad 2
bad{x="1"
bad{x=1} 3
bad{__proto__="x"} 3
bad{x="1"} three
bad
bad 0x10
bad{x="1"}} 4
bad 1 2 3
# TYPE bad
good{x="1"} 5
`;
    const labels = 'expected labels such as {name="value"}, but got';
    assert.deepEqual(read(text), {
      samples: [
        ['good{}', 1],
        ['good{"x":"1"}', 5],
      ],
      problems: [
        'line 2: metric: expected a metric name of letters, digits, _ and :, but got "1bad 2"',
        `line 3: labels: ${labels} "x=\\"1\\""`,
        `line 4: labels: ${labels} "x=1} 3"`,
        `line 5: labels: ${labels} "__proto__=\\"x\\"} 3"`,
        'line 6: value: expected a number, but got "three"',
        'line 7: value: expected a number, but got ""',
        'line 8: value: expected a number, but got "0x10"',
        'line 9: value: expected a number, but got "} 4"',
        'line 10: value: expected a number, but got "1 2 3"',
        'line 11: TYPE: expected a metric and its type, but got "# TYPE bad"',
      ],
    });
  });

  it('reads the names of Prometheus 3', () => {
    const text = `# TYPE "http.requests" counter
{"http.requests",code="200"} 5
{code="500", "http.requests"} 6
{"größe \\"x\\"", "größe"="1",a="2"} 7
foo{"a b"="1"} 8
{"a/b-c:d"} 9
{"x","y"} 1
foo{"bar"} 1
{a="1"} 1
{} 1`;
    const { samples, problems } = read(text);
    assert.deepEqual(samples, [
      ['http.requests{"code":"200"}', 5, 'counter'],
      ['http.requests{"code":"500"}', 6, 'counter'],
      ['gr__e__x_{"gr__e":"1","a":"2"}', 7],
      ['foo{"a_b":"1"}', 8],
      ['a/b-c:d{}', 9],
    ]);
    assert.equal(problems.length, 4);
  });

  it('takes the newest of several timestamps', () => {
    const text = 'a 1 0\na 2 2\na 9 1\nb 1 5\nb 2 5\nc 1 1\nc NaN 2\nd NaN 1\nd 4 2\n';
    assert.deepEqual(read(text), {
      samples: [
        ['a{}', 2],
        ['b{}', 1],
        ['d{}', 4],
      ],
      problems: ['line 5: b 2 5 is there twice; the first one counts'],
    });
  });

  it('leaves out a line with a label that comes twice, and what comes after the end', () => {
    const text = 'a{x="1",x="2"} 1\nb 1\n# EOF\n\nc 1\nd 1';
    assert.deepEqual(read(text, { openMetrics: true }), {
      samples: [['b{}', 1]],
      problems: [
        'line 1: labels: expected labels such as {name="value"}, but got "x=\\"2\\"} 1"',
        'line 5: what comes after # EOF is left out',
      ],
    });
    assert.deepEqual(read('# EOF\nc 1').samples, [['c{}', 1]]);
  });

  it('keeps the first of series that come twice', () => {
    assert.deepEqual(read('a{x="1",y="2"} 1\na{y="2",x="1"} 2\na{x="1"} 3'), {
      samples: [
        ['a{"x":"1","y":"2"}', 1],
        ['a{"x":"1"}', 3],
      ],
      problems: ['line 2: a{y="2",x="1"} 2 is there twice; the first one counts'],
    });
  });

  it('does not look at what is not wanted', () => {
    assert.deepEqual(read('a{ 1\nb 2', { wanted: (name) => name === 'b' }), {
      samples: [['b{}', 2]],
      problems: [],
    });
  });

  it('tells of OpenMetrics that is cut short', () => {
    assert.deepEqual(read('a 1\n', { openMetrics: true }).problems, [
      'the answer ends without # EOF: it may be incomplete',
    ]);
  });

  it('keeps no more than 100 problems', () => {
    assert.equal(read('?\n'.repeat(1000)).problems.length, 100);
  });

  it('does not choke on long lines', () => {
    const { problems, samples } = read(
      `a{x="${'\\\\'.repeat(3_000_000)}"} 1\na{${'x="",'.repeat(1900)}} 1`,
    );
    assert.equal(problems.length, 1);
    assert.match(problems[0]!, /^line 1: metric: expected at most 10000 characters, but got /);
    assert.deepEqual(samples, [['a{}', 1]]);
  });

  it('takes any text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...Array.from('a_:{}="\\,# \t\n1.e+-')),
      fc.constantFrom('# TYPE ', '# EOF', 'counter', 'NaN', '_total', '__proto__', '{a="'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 50 }), fc.boolean(), (pieces, openMetrics) => {
        const { samples } = read(pieces.join(''), { openMetrics });
        return samples.every(([, value]) => typeof value === 'number' && !Number.isNaN(value));
      }),
      { numRuns: 1000 },
    );
  });

  it('reads back whatever labels and values are written', () => {
    const name = fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/);
    const escape = (text: string) =>
      text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
    const labels = fc.dictionary(name, fc.string({ unit: 'grapheme', minLength: 1 }), {
      noNullPrototype: true,
    });
    const value = fc.double({ noDefaultInfinity: true, noNaN: true }).map((n) => n + 0);
    fc.assert(
      fc.property(name, labels, value, (metric, pairs, number) => {
        const list = Object.entries(pairs).map(([key, text]) => `${key}="${escape(text)}"`);
        const reader = new ExpositionReader(false, () => true);
        reader.line(`${metric}{${list.join(',')}} ${number}`);
        const { samples, problems } = reader.end();
        assert.deepEqual(problems, []);
        assert.deepEqual(samples[0]!.labels, pairs);
        assert.equal(samples[0]!.value, number);
      }),
    );
  });
});
