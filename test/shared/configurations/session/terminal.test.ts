import assert from 'node:assert/strict';
import { Terminal } from '../../../../nodes/shared/configurations/session/terminal.ts';

/** What a terminal shows of a text, whole and byte by byte: the lines, and the open one up to the cursor. */
function shown(text: string): { lines: string[]; open: string } {
  const see = (pieces: readonly string[]) => {
    const terminal = new Terminal();
    for (const piece of pieces) terminal.take(piece);
    const { open } = terminal;
    return { open, lines: terminal.flush() };
  };
  const whole = see([text]);
  assert.deepEqual(see(text.split('')), whole, 'in pieces of a byte');
  return whole;
}

describe('a terminal', () => {
  for (const [what, text, lines, open] of [
    ['each kind of line end', 'a\nb\r\nc\r\r\nd\n\re', ['a', 'b', 'c', 'd'], 'e'],
    ['blank lines', '\r\n\r\na\r\n\r\n', ['', '', 'a', ''], ''],
    ['blanks at the end of a line', 'a  \r\n', ['a  '], ''],
    ['tabs', '\ta\tb\n', ['\ta\tb'], ''],
    ['bytes that are no ASCII', 'B\xc3\xbcro\n', ['B\xc3\xbcro'], ''],
    ['what a carriage return lets write over', 'loading 10%\rloading 99%\r\n', ['loading 99%'], ''],
    [
      'what is shorter than what it is written over',
      'a pager\r       \rvlan 1\r\n',
      ['vlan 1'],
      '',
    ],
    [
      'what backspaces take back',
      'a--More--\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\bb\n',
      ['ab'],
      '',
    ],
    ['backspaces too many', '\b\b\ba\n', ['a'], ''],
    ['colours', '\x1b[01;32mname\x1b[0m# \x1b[m', [], 'name# '],
    ['a title of the window', '\x1b]0;core-1\x07core-1# ', [], 'core-1# '],
    ['a title that ends otherwise', '\x1b]0;core-1\x1b\\core-1# ', [], 'core-1# '],
    ['character sets and modes', '\x1b(B\x1b=\x1b>\x1b[?25h\x1b[?7lx', [], 'x'],
    ['a line that is erased to its end', 'abcdef\x1b[3D\x1b[Kx\n', ['abcx'], ''],
    ['a line that is erased to the cursor', 'abc\x1b[1Kd\n', ['   d'], ''],
    ['a line that is erased', 'abc\r\x1b[2Kd\n', ['d'], ''],
    ['characters that are taken out', 'abcdef\r\x1b[2Px\n', ['xdef'], ''],
    ['characters that are erased', 'abcdef\r\x1b[2X\x1b[3Cx\n', ['  cxef'], ''],
    ['a cursor that is put into a column', 'abc\x1b[2Gx\x1b[1;5Hy\n', ['axc y'], ''],
    [
      'the prompt of a switch that draws a screen',
      '\x1b[2J\x1b[1;24r\x1b[24;1Hswitch# \x1b[24;1H\x1b[24;9H\x1b[?25h',
      [],
      'switch# ',
    ],
    ['the next line by an escape code', 'a\x1bEb', ['a'], 'b'],
    ['an escape that begins nothing', 'a\x1b\nb', ['a'], 'b'],
    ['bells and zeros', '\x07a\0b\x07\n', ['ab'], ''],
  ] as const) {
    it(`shows ${what}`, () => {
      assert.deepEqual(shown(text), { lines, open });
    });
  }

  it('takes an answered question out of the text, however it is erased', () => {
    for (const erased of [
      '',
      '\r\n',
      '\r        \r',
      '\b'.repeat(8) + ' '.repeat(8) + '\b'.repeat(8),
      '\r\x1b[K',
    ]) {
      const terminal = new Terminal();
      terminal.take('a\r\n--More--');
      terminal.answered(8);
      for (const byte of `${erased}b\r\nc\r\n`) terminal.take(byte);
      assert.deepEqual(terminal.flush(), ['a', 'b', 'c'], JSON.stringify(erased));
    }
  });

  it('keeps what stands before a question', () => {
    const terminal = new Terminal();
    terminal.take('ab--More--');
    terminal.answered(8);
    terminal.take('cd\n');
    assert.deepEqual(terminal.flush(), ['abcd']);
  });

  it('counts what no text has', () => {
    const terminal = new Terminal();
    terminal.take('a\x01b\x02\n\x7f');
    assert.equal(terminal.strange, 3);
  });

  it('takes a sequence that never ends, and a line that is written over for ever', () => {
    const terminal = new Terminal();
    terminal.take(`\x1b]${'x'.repeat(5000)}`);
    terminal.take('\n');
    const [line] = terminal.flush();
    assert.equal(line, `]${'x'.repeat(5000)}`);
    terminal.take(`${'y'.repeat(20_000)}${'\by'.repeat(20_000)}\n`);
    assert.equal(terminal.flush()[0]!.length, 40_000);
  });
});
