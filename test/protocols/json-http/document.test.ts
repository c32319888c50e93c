import assert from 'node:assert/strict';
import { readDocument } from '../../../nodes/protocols/json-http/document.ts';

const now = Date.UTC(2026, 0, 1);

function read(document: unknown) {
  const { snapshot, problems } = readDocument(document, now);
  return { snapshot, problems: problems.map((p) => p.message) };
}

describe('readDocument', () => {
  it('reads all that a document may have', () => {
    const interfaces = [
      {
        name: 'eth0',
        index: 1,
        alias: 'uplink <b>',
        type: 'ethernet',
        up: true,
        adminUp: false,
        speed: 1e9,
        duplex: 'full',
        counterBits: 32,
        inOctets: 1,
        outOctets: 2,
        inPackets: 3,
        outPackets: 4,
        inErrors: 5,
        outErrors: 6,
        inDiscards: 7,
        outDiscards: 8,
      },
    ];
    const reading = {
      metric: 'cpu_usage',
      value: 12.5,
      labels: { cpu: '0' },
      info: { model: 'x' },
    };
    assert.deepEqual(
      read({
        device: 'x',
        hostname: 'fw-1',
        time: now - 1000,
        uptime: 60,
        interfaces,
        readings: [reading],
      }),
      {
        snapshot: {
          time: now,
          deviceTime: now - 1000,
          hostname: 'fw-1',
          uptime: 60,
          interfaces,
          readings: [{ ...reading, unit: '%', counter: false }],
        },
        problems: [],
      },
    );
  });

  it('reads a bare list of interfaces, and takes null for what is not there', () => {
    assert.deepEqual(read([{ name: 'eth0', inOctets: 5, speed: null, alias: '' }]), {
      snapshot: { time: now, interfaces: [{ name: 'eth0', inOctets: 5 }] },
      problems: [],
    });
  });

  it('takes the one row that an expression found as a list of it', () => {
    assert.deepEqual(read({ interfaces: { name: 'eth0' } }).snapshot.interfaces, [
      { name: 'eth0' },
    ]);
  });

  it('takes counts as numbers or texts, exactly', () => {
    const counts = (value: unknown) =>
      read({ interfaces: [{ name: 'a', inOctets: value }] }).snapshot.interfaces![0]!.inOctets;
    assert.equal(counts('42'), 42);
    assert.equal(counts('18446744073709551615'), 18446744073709551615n);
    assert.equal(counts(2 ** 60), 2n ** 60n);
    assert.equal(
      read({ readings: [{ metric: 'm', value: '9007199254740993', counter: true, scale: 8 }] })
        .snapshot.readings![0]!.value,
      9007199254740993n,
    );
  });

  for (const value of [
    -1,
    1.5,
    Number.NaN,
    Infinity,
    2 ** 64,
    '18446744073709551616',
    '-1',
    '1e3',
    [],
    true,
    {},
  ]) {
    it(`leaves out ${JSON.stringify(value)} as a count, and keeps the rest`, () => {
      const { snapshot, problems } = read([
        { name: 'a', inOctets: value, outOctets: 1 },
        { name: 'b', inOctets: 2 },
      ]);
      assert.deepEqual(snapshot.interfaces, [
        { name: 'a', outOctets: 1 },
        { name: 'b', inOctets: 2 },
      ]);
      assert.equal(problems.length, 1);
      assert.match(
        problems[0]!,
        /^interfaces\[0\]\.inOctets: expected a count: a whole number from 0 to 2\^64 - 1, but got /,
      );
    });
  }

  it('leaves out a bad row, and keeps the rest', () => {
    const { snapshot, problems } = read({
      interfaces: [{ inOctets: 1 }, 7, { name: 'good' }, { name: 'line\nbreak' }],
      readings: [
        { metric: 'm', value: 'hot' },
        { metric: 'm', value: 1, labels: JSON.parse('{"__proto__": "x"}') },
        { metric: 'good', value: 1, unit: 's' },
      ],
    });
    assert.deepEqual(snapshot.interfaces, [{ name: 'good' }]);
    assert.deepEqual(snapshot.readings, [{ metric: 'good', value: 1, unit: 's', counter: false }]);
    assert.deepEqual(problems, [
      'interfaces[0].name: expected a text, but got nothing',
      'interfaces[1]: expected an object, but got 7',
      'interfaces[3].name: expected a text without line breaks or control characters, but got "line\\nbreak"',
      'readings[0].value: expected a number, but got "hot"',
      'readings[1].labels.__proto__: expected a label name of letters, digits and _, not starting with a digit, but got "__proto__"',
    ]);
  });

  for (const [field, value, expected] of [
    ['up', 'yes', 'true or false'],
    ['speed', -5, 'at least 0'],
    ['duplex', 'both', 'one of full, half'],
    ['counterBits', 16, 'one of 32, 64'],
    ['index', 1.5, 'a whole number'],
    ['alias', 7, 'a text'],
  ] as const) {
    it(`names a bad ${field}`, () => {
      const { snapshot, problems } = read([{ name: 'a', [field]: value, inOctets: 1 }]);
      assert.deepEqual(snapshot.interfaces, [{ name: 'a', inOctets: 1 }]);
      assert.equal(problems.length, 1);
      assert.ok(problems[0]!.startsWith(`interfaces[0].${field}: expected ${expected}, but got `));
    });
  }

  it("keeps the time of a device's own clock apart, however far off it is", () => {
    const { snapshot, problems } = read({ time: 0, interfaces: [] });
    assert.deepEqual(snapshot, { time: now, deviceTime: 0, interfaces: [] });
    assert.deepEqual(problems, []);
  });

  const fields = {
    ...{ index: 1, alias: 'a', type: 'b', up: true, adminUp: true, speed: 1, duplex: 'full' },
    ...{ counterBits: 32, inOctets: 1, outOctets: 2, inPackets: 3, outPackets: 4 },
    ...{ inErrors: 5, outErrors: 6, inDiscards: 7, outDiscards: 8 },
  };
  for (const field of Object.keys(fields)) {
    const others = Object.fromEntries(Object.entries(fields).filter(([name]) => name !== field));

    it(`takes null and an empty text for a ${field} that is not told`, () => {
      for (const value of [null, '', ' ', undefined]) {
        const { snapshot, problems } = read([{ name: 'a', ...fields, [field]: value }]);
        assert.deepEqual(snapshot.interfaces, [{ name: 'a', ...others }]);
        assert.deepEqual(problems, []);
      }
    });

    for (const value of [{}, [], { toString: [1] }, 'x\ny', Number.NaN]) {
      it(`leaves out ${JSON.stringify(value)} as a ${field}, and reports it`, () => {
        const { snapshot, problems } = read([{ name: 'a', ...fields, [field]: value }]);
        assert.deepEqual(snapshot.interfaces, [{ name: 'a', ...others }]);
        assert.equal(problems.length, 1);
        assert.match(
          problems[0]!,
          new RegExp(`^interfaces\\[0\\]\\.${field}: expected .+, but got `),
        );
      });
    }
  }

  it('takes nothing but the fields of the contract', () => {
    const raw = JSON.parse(
      `{"name": "a", "up": true, "discontinuity": "t1", "bits": {"inOctets": 8}, "countedAt": 1,
        "__proto__": {"speed": 5}, "constructor": 1}`,
    );
    const { snapshot, problems } = read({
      time: now,
      countedAt: 1,
      interfaces: [raw],
      readings: [{ metric: 'm', value: 1, bits: 8, time: 0 }],
    });
    assert.deepEqual(snapshot, {
      time: now,
      deviceTime: now,
      interfaces: [{ name: 'a', up: true }],
      readings: [{ metric: 'm', value: 1, unit: '1', counter: false }],
    });
    assert.deepEqual(problems, []);
  });

  it('leaves a reading out that tells no value, and a label or an info that is null', () => {
    const reading = { metric: 'm', value: 1, unit: null, scale: '' };
    const { snapshot, problems } = read({
      readings: [
        { metric: 'm', value: null },
        { ...reading, labels: { a: null, b: 1 }, info: { c: null } },
        { ...reading, info: 7 },
      ],
    });
    assert.deepEqual(snapshot.readings, [
      { metric: 'm', value: 1, unit: '1', counter: false, labels: { b: '1' }, info: {} },
      { metric: 'm', value: 1, unit: '1', counter: false },
    ]);
    assert.deepEqual(problems, ['readings[2].info: expected an object, but got 7']);
  });

  for (const [metric, bad, good] of [
    ['cpu_usage', 2641, 100.4],
    ['process_cpu_usage', -1, 240],
    ['clock_offset', 'late', -3],
    ['in_rate', -1, 0],
    ['uptime', -0.01, 0],
    ['temperature', -300, -40],
    ['certificate_days_left', 'soon', -3],
    ['m', 'x', -1e9],
  ] as const) {
    it(`refuses ${bad} as ${metric}, and takes ${good}`, () => {
      const { snapshot, problems } = read({
        readings: [
          { metric, value: bad },
          { metric, value: good },
        ],
      });
      assert.deepEqual(
        snapshot.readings!.map(({ value }) => value),
        [good],
      );
      assert.match(problems.join(), /^readings\[0\]\.value: expected [^,]+, but got [^,]+$/);
    });
  }

  it('says so where interfaces tell neither a status nor a count', () => {
    const bare = [{ name: 'a', alias: 'x', adminUp: true, speed: 5 }, { name: 'b' }];
    const message =
      'none of the 2 interfaces tells a status or a count: the address asked may be that of the configuration';
    assert.deepEqual(read(bare).problems, [message]);
    assert.deepEqual(read([...bare, { name: 'c', outDiscards: 0 }]).problems, []);
    assert.deepEqual(read([...bare, { name: 'c', up: false }]).problems, []);
    assert.deepEqual(read([]).problems, []);
  });

  it('keeps the first problems of many, and counts the others', () => {
    const { problems, more } = readDocument(new Array(1000).fill(0), now);
    assert.equal(problems.length, 100);
    assert.equal(problems[99]!.message, 'interfaces[99]: expected an object, but got 0');
    assert.equal(more, 900);
    assert.equal(readDocument(new Array(100).fill(0), now).more, undefined);
  });

  it('refuses a list of more than 100,000 rows', () => {
    assert.equal(readDocument(new Array(100_000).fill(0), now).more, 99_900);
    for (const field of ['interfaces', 'readings']) {
      assert.throws(() => readDocument({ [field]: new Array(100_001).fill(0) }, now), {
        message: `the list ${field} has 100001 entries; at most 100000 are read`,
      });
    }
  });

  for (const document of [null, 7, 'text', {}, { interface: [] }, undefined]) {
    it(`refuses ${JSON.stringify(document)}`, () => {
      assert.throws(() => readDocument(document, now), {
        message:
          /^document: expected an object with interfaces or readings, or a list of interfaces/,
      });
    });
  }
});
