import assert from 'node:assert/strict';
import { csvRows } from '../../nodes/shared/csv.ts';

describe('csvRows', () => {
  for (const [name, text, rows] of [
    [
      'cells and lines',
      'a,b\nc,d',
      [
        [1, 'a', 'b'],
        [2, 'c', 'd'],
      ],
    ],
    [
      'CRLF, a mark at the beginning and a line end at the end',
      '\ufeffa,b\r\nc,d\r\n',
      [
        [1, 'a', 'b'],
        [2, 'c', 'd'],
      ],
    ],
    [
      'quotes',
      '"a,1","b ""2""","c\nd"\nlast',
      [
        [1, 'a,1', 'b "2"', 'c\nd'],
        [3, 'last'],
      ],
    ],
    [
      'empty cells, not empty lines',
      'a,,\n\n , \n,b',
      [
        [1, 'a', '', ''],
        [4, '', 'b'],
      ],
    ],
    [
      'semicolons',
      'a;b,c;x\nd;e',
      [
        [1, 'a', 'b,c', 'x'],
        [2, 'd', 'e'],
      ],
    ],
    ['tabs', 'a\tb', [[1, 'a', 'b']]],
    ['spaces around', ' a , b ', [[1, 'a', 'b']]],
    ['nothing', '', []],
  ] as const) {
    it(`reads ${name}`, () => {
      assert.deepEqual(
        [...csvRows(text)],
        rows.map(([line, ...cells]) => ({ line, cells })),
      );
    });
  }

  for (const [name, text, row] of [
    ['that stay open', 'a,b\n"c', 2],
    ['with text after them', '"a"b', 1],
  ] as const) {
    it(`refuses quotes ${name}`, () => {
      assert.throws(() => [...csvRows(text)], {
        message: new RegExp(`^row ${row}: cells: expected the quotes to be closed`),
      });
    });
  }
});
