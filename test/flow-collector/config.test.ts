import assert from 'node:assert/strict';
import { checkSettings, flowSettings, subjectsOf } from '../../nodes/flow-collector/config.ts';
import { decode } from '../../nodes/flow-collector/state.ts';

describe('The settings of a flow collector', () => {
  const read = (change: object) => checkSettings({ ...flowSettings.defaults, ...change });

  it('are right by default, and listen where exporters send', () => {
    const settings = read({});
    assert.deepEqual(settings.listenPorts, [2055, 4739, 6343]);
    assert.deepEqual([settings.interval, settings.activeTimeout], [60_000, 60_000]);
    const subjects = ['protocol', 'application', 'talker', 'conversation'];
    assert.deepEqual(subjectsOf(settings), subjects);
  });

  it('take exporters by address or network', () => {
    const { exporters } = read({
      exporters: [
        { address: ' 10.0.0.1 ', name: 'edge', factor: '100' },
        { address: '10.1.0.0/16' },
        { address: 'fd00::1', name: '' },
      ],
    });
    assert.deepEqual(
      exporters.map(({ address, name, factor, network }) => [address, name, factor, network.bits]),
      [
        ['10.0.0.1', 'edge', 100, 32],
        ['10.1.0.0/16', undefined, undefined, 16],
        ['fd00::1', undefined, undefined, 128],
      ],
    );
  });

  it('name the field of a bad value', () => {
    const refused = (change: object) => {
      try {
        read(change);
      } catch (error) {
        return (error as { field: string }).field;
      }
      return undefined;
    };
    const rows = (...exporters: object[]) => refused({ exporters });
    assert.equal(rows({ address: 'router' }), 'exporters[0].address');
    assert.equal(rows({}), 'exporters[0].address');
    assert.equal(rows({ address: '10.0.0.0/24', name: 'all' }), 'exporters[0].address');
    assert.equal(rows({ address: '10.0.0.1', factor: 0 }), 'exporters[0].factor');
    const same = { address: '10.0.0.1', name: 'a' };
    assert.equal(rows(same, { ...same, address: '10.0.0.2' }), 'exporters[1].name');
    for (const listenPorts of [
      '',
      '0',
      '65536',
      '2055, x',
      '1.5',
      Array(21)
        .fill(0)
        .map((_, i) => i + 1)
        .join(),
    ]) {
      assert.equal(refused({ listenPorts }), 'listenPorts', listenPorts);
    }
    assert.equal(refused({ listenOn: 'here' }), 'listenOn');
    assert.equal(refused({ leasesFile: 'a\0b' }), 'leasesFile');
    assert.equal(refused({ leasesFile: 7 }), 'leasesFile');
    assert.equal(refused({ listenOn: '10.0.0.0/24' }), 'listenOn');
    assert.equal(refused({ ownNetworks: '10.0.0.0/8, lan' }), 'ownNetworks');
    assert.equal(refused({ names: [{ what: '80-70', name: 'x' }] }), 'names[0].what');
    assert.equal(refused({ interval: 4 }), 'interval');
    assert.equal(refused({ privacy: 'none' }), 'privacy');
  });
});

describe('The kept state of a flow collector', () => {
  const key = 'ab'.repeat(32);
  const fields = [
    [8, 4],
    [1, 8, 29305],
  ];
  const templates = [
    {
      address: '10.0.0.1',
      domains: [{ format: 'IPFIX', number: 7, templates: [{ id: 256, isOptions: false, fields }] }],
    },
  ];

  it('is read as it was written', () => {
    const state = { version: 1, key, templates };
    assert.deepEqual(decode(JSON.parse(JSON.stringify(state))), state);
  });

  it('is none where anything in it is wrong', () => {
    for (const state of [
      ...[null, {}, { version: 2, key, templates }, { version: 1, key: 'x', templates }],
      ...[
        { version: 1, key, templates: {} },
        { version: 1, key, templates: [{ address: 7 }] },
      ],
    ]) {
      assert.throws(() => decode(state));
    }
  });
});
