import assert from 'node:assert/strict';
import { checkSettings, defaults } from '../../nodes/host-metrics/config.ts';

describe('host-metrics settings', () => {
  it('have defaults, and numbers typed as text', () => {
    const { interfaceFilter, ...settings } = checkSettings({ id: 'a', interval: '30' });
    assert.deepEqual({ ...defaults, ...settings }, { ...defaults, interval: 30 });
    assert.deepEqual(
      ['eth0', 'lo', 'veth1'].map((name) => interfaceFilter.takes(name)),
      [true, false, false],
    );
  });

  it('name the field that is wrong and what was expected', () => {
    const wrong: [object, string][] = [
      [{ interval: 'soon' }, 'interval: expected a whole number, but got "soon"'],
      [{ interval: -1 }, 'interval: expected a number from 0 to 86400, but got -1'],
      [{ processCount: 0 }, 'processCount: expected a number from 1 to 100, but got 0'],
      [{ output: 'xml' }, 'output: expected one of readings, interfaces, system, but got "xml"'],
      [{ cpu: 'yes' }, 'cpu: expected true or false, but got "yes"'],
      [
        { interfaceFilter: '!' },
        'interfaceFilter: expected a list of names such as eth*, !eth9, but got "!"',
      ],
      [
        { device: 'a\r\nb' },
        'device: expected a text without line breaks or control characters, but got "a\\r\\nb"',
      ],
    ];
    for (const [settings, message] of wrong) {
      assert.throws(() => checkSettings(settings), { message });
    }
  });
});
