import assert from 'node:assert/strict';
import { Colors } from '../../nodes/chart-data/colors.ts';
import { palette } from '../../nodes/shared/palette.ts';
import { contrast, difference, sights } from '../support/colors.ts';

describe('The palette', () => {
  for (const sight of Object.keys(sights)) {
    it(`has no two colours that look alike with ${sight} sight`, () => {
      for (const [i, one] of palette.entries()) {
        for (const other of palette.slice(i + 1)) {
          const apart = difference(one, other, sight);
          assert.ok(apart >= 10, `${one} ${other}: ${apart}`);
        }
      }
    });
  }

  it('stands out from a white and a dark page', () => {
    for (const page of ['#FFFFFF', '#1E1E1E']) {
      for (const color of palette) assert.ok(contrast(color, page) >= 3, `${color} on ${page}`);
    }
  });
});

describe('Colors', () => {
  it('stay with a series when others come and go', () => {
    const colors = new Colors();
    const [, second, third] = colors.of(['a', 'b', 'c']);
    assert.deepEqual(colors.of(['b', 'c']), [second, third]);
    assert.deepEqual(colors.of(['x', 'b']).slice(1), [second]);
    assert.deepEqual(colors.of(['c', 'b', 'a']).slice(0, 2), [third, second]);
  });

  it('are never the same in one chart, also after a restart', () => {
    let colors = new Colors();
    for (let i = 0; i < 100; i++) {
      const keys = palette.map((_, at) => `s${(i * 3 + at * (1 + (i % 5))) % 40}`);
      const shown = [...new Set(keys)];
      assert.equal(new Set(colors.of(shown)).size, shown.length);
      const again = new Colors(colors.kept());
      assert.deepEqual(again.of(shown), colors.of(shown));
      colors = again;
    }
  });

  it('remembers a bounded number of series', () => {
    const colors = new Colors();
    for (let i = 0; i < 3000; i++) colors.of([`s${i}`]);
    assert.equal(colors.kept().length, 2000);
  });
});
