import assert from 'node:assert/strict';
import { oneLine } from '../../nodes/shared/text.ts';

describe('oneLine', () => {
  it('leaves one blank of blanks, line breaks and control characters', () => {
    assert.equal(oneLine(' a\r\n\tb \u0000\u007f\u0085c\u2028d\u00a0 e\n'), 'a b c d e');
  });

  it('keeps as much as is asked for', () => {
    assert.equal(oneLine('  abcdef', 3), 'abc');
  });
});
