import assert from 'node:assert/strict';
import { readDevices } from '../../../nodes/shared/devices/devices.ts';
import { labelsFromText, labelsText } from '../../../nodes/shared/labels-text.ts';

const core = { name: 'core-1', address: '10.0.0.1', labels: {} };
const edge = { name: 'edge-1', address: 'edge-1:8443', labels: { site: 'berlin' } };

describe('readDevices', () => {
  for (const [name, value] of [
    ['an array', [{ name: 'core-1', address: '10.0.0.1' }, edge]],
    ['JSON', JSON.stringify([core, edge])],
    ['CSV', 'name,address,site\ncore-1,10.0.0.1,\nedge-1,edge-1:8443,berlin'],
    ['CSV in another order', 'site;Address;Name\n;10.0.0.1;core-1\nberlin;edge-1:8443;edge-1'],
  ] as const) {
    it(`reads ${name}`, () => {
      assert.deepEqual(readDevices(value), { devices: [core, edge], problems: [] });
    });
  }

  it('reads CSV without a header row as name and address', () => {
    assert.deepEqual(readDevices('core-1,10.0.0.1'), { devices: [core], problems: [] });
  });

  const first = { name: '10.0.0.1', address: '10.0.0.1', labels: {} };
  const second = { name: 'core-2.example.net:161', address: 'core-2.example.net:161', labels: {} };
  for (const [name, value] of [
    ['an array', [{ address: '10.0.0.1' }, { name: ' ', address: 'core-2.example.net:161' }]],
    ['addresses', ['10.0.0.1', 'core-2.example.net:161']],
    ['JSON', '["10.0.0.1", {"name": null, "address": "core-2.example.net:161"}]'],
    [
      'what stands in the place of the name',
      [{ name: '10.0.0.1' }, { name: second.name, address: '' }],
    ],
    ['CSV', 'address\n10.0.0.1\ncore-2.example.net:161'],
    ['CSV with a column of names', 'address,name\n10.0.0.1,\ncore-2.example.net:161'],
    ['CSV without a header row', '10.0.0.1\ncore-2.example.net:161\n'],
  ] as const) {
    it(`has a device without a name go by its address, in ${name}`, () => {
      assert.deepEqual(readDevices(value), { devices: [first, second], problems: [] });
    });
  }

  it('takes a mere name for none of an address', () => {
    const [problem] = readDevices([{ name: 'core-1' }]).problems;
    assert.match(problem!.message, /^row 1: address: expected a host name or an IP address/);
  });

  it('says what to do where an address is there twice', () => {
    const { devices, problems } = readDevices([
      '10.0.0.1',
      { name: 'other', address: '10.0.0.1' },
      ' 10.0.0.1',
      { name: '10.0.0.1', address: '10.0.0.9' },
    ]);
    assert.deepEqual(
      devices.map(({ name }) => name),
      ['10.0.0.1', 'other'],
    );
    assert.deepEqual(
      problems.map(({ message }) => message),
      [
        'row 3: address: expected an address that no other row has, or a name beside it, but got "10.0.0.1"',
        'row 4: name: expected a name that no other row has, but got "10.0.0.1"',
      ],
    );
  });

  it('keeps the good rows and names the bad ones', () => {
    const { devices, problems } = readDevices([
      core,
      { name: 'a', address: '10.0.0.2', adress: 'x' },
      { name: 7, address: '10.0.0.3' },
      { name: 'line\nbreak', address: '10.0.0.4' },
      { name: 'core-1', address: '10.0.0.5' },
      { name: 'b', address: 'has space' },
      { name: 'c', address: '10.0.0.6', labels: { device: 'x' } },
      { name: 'd', address: '10.0.0.7', labels: JSON.parse('{"__proto__":"x"}') },
      null,
      edge,
    ]);
    assert.deepEqual(devices, [core, edge]);
    assert.deepEqual(
      problems.map((p) => p.message),
      [
        'row 2: adress: expected only the fields name, address, labels, but got "x"',
        'row 3: name: expected a text, but got 7',
        'row 4: name: expected a text without line breaks or control characters, but got "line\\nbreak"',
        'row 5: name: expected a name that no other row has, but got "core-1"',
        'row 6: address: expected a host name or an IP address, with a port if need be, but got "has space"',
        'row 7: labels.device: expected a label name other than device and interface, but got "device"',
        'row 8: labels.__proto__: expected a label name of letters, digits and _, not starting with a digit, but got "__proto__"',
        'row 9: device: expected an object, but got null',
      ],
    );
  });

  it('names the line of a bad row of CSV', () => {
    const { devices, problems } = readDevices(
      'name,address,site\n\ncore-1,10.0.0.1\nedge-1\nx,y,z,more\n"a"b,10.0.0.3'.replace(
        '"a"b',
        'ab',
      ),
    );
    assert.deepEqual(
      devices.map((d) => d.name),
      ['core-1', 'ab'],
    );
    assert.deepEqual(
      problems.map((p) => p.message),
      [
        'row 4: address: expected a host name or an IP address, with a port if need be, but got ""',
        'row 5: cells: expected at most 3 cells, as in the header row, but got "x,y,z,more"',
      ],
    );
  });

  it('asks for a header row where there are more columns', () => {
    const [problem] = readDevices('core-1,10.0.0.1,berlin').problems;
    assert.equal(
      problem?.message,
      'row 1: cells: expected a header row that names each column (name,address,...), but got "core-1,10.0.0.1,berlin"',
    );
  });

  for (const value of ['[{"name": ', { name: 'core-1', address: '10.0.0.1' }, 7, null]) {
    it(`refuses ${JSON.stringify(value)} as a list`, () => {
      const { devices, problems } = readDevices(value);
      assert.deepEqual(devices, []);
      assert.match(problems[0]!.message, /^devices: expected a list of devices, as JSON or CSV/);
    });
  }
});

describe('labels as text', () => {
  it('are read and shown', () => {
    assert.deepEqual(labelsFromText('labels', ' site = berlin , role=core,'), {
      site: 'berlin',
      role: 'core',
    });
    assert.deepEqual(labelsFromText('labels', ''), {});
    assert.equal(labelsText({ site: 'berlin', role: 'core' }), 'site=berlin, role=core');
  });

  for (const text of ['site', 'site=', '=x', 'a=b=c', '1a=b', '__proto__=x']) {
    it(`refuse ${text}`, () => {
      assert.throws(() => labelsFromText('labels', text), {
        message: /^labels\S*: expected (labels such|a label name)/,
      });
    });
  }
});
