import assert from 'node:assert/strict';
import { NamedDevices } from '../../nodes/config-watch/named-devices.ts';

describe('NamedDevices', () => {
  const device = (name: string, address = name) => ({ name, address, labels: {} });
  const named = new NamedDevices([
    device('core-1', '192.0.2.1'),
    device('core-10', '192.0.2.10:2222'),
    device('Main switch', 'main.example.net'),
    device('192.0.2.77'),
    device('fw', '[2001:db8::1]:22'),
    device('spare', '192.0.2.1'),
  ]);

  for (const [text, ...names] of [
    ['<189>: core-10: %SYS-5-CONFIG_I: Configured from console by ada on vty0', 'core-10'],
    ['Nov 29 02:00:00 CORE-1 mgd[1]: UI_COMMIT', 'core-1'],
    ['from 192.0.2.1: changed', 'core-1', 'spare'],
    ['from 192.0.2.10.', 'core-10'],
    ['host=192.0.2.77:514', '192.0.2.77'],
    ['the main switch was saved', 'Main switch'],
    ['main.example.net; done', 'Main switch'],
    ['2001:db8::1 changed', 'fw'],
    ['score-1 and core-11 and fwd and 192.0.2.111'],
    [''],
  ] as const) {
    it(`finds ${names.join(', ') || 'none'} in "${text}"`, () => {
      assert.deepEqual([...named.in(text)].sort(), [...names]);
    });
  }
});
