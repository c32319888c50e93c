import assert from 'node:assert/strict';
import { themeAround } from '../../nodes/elements/theme/around.ts';
import { dashes, lineColors, looksOf } from '../../nodes/elements/theme/line-colors.ts';
import {
  type ThemeName,
  themes,
  type Tokens,
  tokensCss,
} from '../../nodes/elements/theme/tokens.ts';
import { contrast, difference, sights } from '../support/colors.ts';

type Token = keyof Tokens;

const texts: Token[] = ['text', 'muted', 'ok', 'warn', 'crit', 'off', 'info'];
const grounds: Token[] = ['card', 'bg'];
/** texts and the tinted grounds that they stand on too */
const tinted: [Token, Token[]][] = [
  ['text', ['track', 'okBg', 'warnBg', 'critBg', 'infoBg']],
  ['muted', ['track']],
  ['warn', ['warnBg']],
  ['crit', ['critBg']],
  ['info', ['infoBg']],
  ['off', ['track']],
];
/** what must be told from the card: lines, borders of fields, and signs */
const lines: Token[] = ['in', 'out', 'edge', 'focus', 'warnBar', 'critBar'];
/** pieces of a history bar that stand beside each other, and both directions of traffic */
const besides: [Token, Token][] = [
  ['okBar', 'warnBar'],
  ['okBar', 'critBar'],
  ['warnBar', 'critBar'],
  ['in', 'out'],
  ['ok', 'warn'],
  ['ok', 'crit'],
  ['warn', 'crit'],
];

for (const [name, tokens] of Object.entries(themes)) {
  describe(`The ${name} theme`, () => {
    it('has texts that can be read on every ground they stand on', () => {
      const pairs = [...texts.map((text) => [text, grounds] as const), ...tinted];
      for (const [text, on] of pairs) {
        for (const ground of on) {
          const ratio = contrast(tokens[text], tokens[ground]);
          assert.ok(ratio >= 4.5, `${text} on ${ground}: ${ratio}`);
        }
      }
    });

    it('has lines that stand out from a card', () => {
      const colors = [...lines.map((line) => tokens[line]), ...lineColors[name as ThemeName]];
      for (const color of colors) {
        const ratio = contrast(color, tokens.card);
        assert.ok(ratio >= 3, `${color}: ${ratio}`);
      }
    });

    for (const sight of Object.keys(sights)) {
      it(`has states, directions and lines that can be told apart with ${sight} sight`, () => {
        for (const [one, other] of besides) {
          const apart = difference(tokens[one], tokens[other], sight);
          assert.ok(apart >= 10, `${one} and ${other}: ${apart}`);
        }
        const colors = lineColors[name as ThemeName];
        for (const [i, one] of colors.entries()) {
          for (const other of colors.slice(i + 1)) {
            const apart = difference(one, other, sight);
            assert.ok(apart >= 10, `${one} and ${other}: ${apart}`);
          }
        }
      });
    }
  });
}

describe('The tokens', () => {
  it('are the same in both themes, and all in the styles', () => {
    assert.deepEqual(Object.keys(themes.dark), Object.keys(themes.light));
    for (const token of Object.keys(themes.dark)) assert.ok(tokensCss().includes(`--nm-${token}:`));
  });

  it('are those of the card around by the colour of its texts', () => {
    assert.equal(themeAround('rgb(23, 33, 43)'), 'light');
    assert.equal(themeAround('rgba(255, 255, 255, 0.87)'), 'dark');
    assert.equal(themeAround(''), 'light');
  });
});

describe('The look of a line', () => {
  const line = (key: string, role: 'in' | 'out' | 'value' = 'value') => ({ key, role });

  it('is that of its direction where there is one port only', () => {
    const looks = looksOf([line('wan', 'in'), line('wan', 'out')], 'dark');
    assert.deepEqual(
      looks.map(({ color }) => color),
      [themes.dark.in, themes.dark.out],
    );
  });

  it('stays when others come and go, and is one for both directions of a port', () => {
    const all = ['a', 'b', 'c'].flatMap((key) => [line(key, 'in'), line(key, 'out')]);
    const looks = looksOf(all, 'light');
    assert.deepEqual(looks[0], looks[1]);
    assert.equal(new Set(looks.map(({ color }) => color)).size, 3);
    assert.deepEqual(looksOf([...all].reverse(), 'light'), [...looks].reverse());
  });

  it('has a dash for each color', () => {
    assert.equal(new Set(dashes.map((dash) => dash.join())).size, lineColors.light.length);
  });
});
