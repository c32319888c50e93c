import assert from 'node:assert/strict';
import { checks, checkSettings, defaults } from '../../nodes/chart-data/config.ts';

describe('The settings of chart data', () => {
  it('are good as they are by default, and where some are missing', () => {
    assert.equal(checkSettings(defaults).kind, 'line');
    assert.equal(checkSettings({}).window, 30 * 60_000);
    assert.equal(checkSettings({ window: '90' }).window, 90 * 60_000);
  });

  it('name the field that is wrong and what was expected', () => {
    const bad: [keyof typeof checks, unknown, string][] = [
      ['kind', 'radar', 'kind: expected one of line, bar, pie'],
      ['metrics', ' , ', 'metrics: expected a text, but got " , "'],
      ['filter', 'device', 'filter: expected label matchers'],
      ['legend', '{{device', 'legend: expected every tag to be ended'],
      ['unit', 'MB', 'unit: expected one of '],
      ['window', 0, 'window: expected a number from 1 to 527040, but got 0'],
      ['points', '2.5', 'points: expected a whole number, but got "2.5"'],
      ['limit', 'NaN', 'limit: expected a whole number, but got "NaN"'],
      ['staleAfter', '', 'staleAfter: expected a number, but got ""'],
      ['interval', Infinity, 'pause: expected a number, but got Infinity'],
    ];
    for (const [name, value, text] of bad) {
      assert.throws(
        () => checks[name](value),
        (error: Error) => error.message.startsWith(text) || assert.fail(error.message),
      );
    }
  });
});
