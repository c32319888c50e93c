import assert from 'node:assert/strict';
import { readLines } from '../../../nodes/shared/messages/text-readings.ts';
import { WholeLines } from '../../../nodes/shared/messages/whole-lines.ts';

describe('Whole lines', () => {
  /** What the lines of a text hold that comes in pieces of a length: their numbers, and values or problems. */
  const read = (text: string, length: number) => {
    const lines = new WholeLines();
    const parts = [];
    for (let at = 0; at < text.length; at += length) {
      parts.push(lines.add(text.slice(at, at + length)));
    }
    parts.push(lines.end());
    return parts
      .filter((part) => part !== undefined)
      .flatMap((part) => [...readLines(part, 0)])
      .map(({ line, reading, problem }) => [line, reading?.value ?? problem?.message.slice(0, 7)]);
  };

  it('are the same in pieces of any length, as CSV', () => {
    const text =
      '\uFEFF\n\nmetric,value,note\r\nm,1,\r\nm,2,"a, ""b""\nc"\r\n\nm,bad,\nm,3,"\n\n"\nm,4,last';
    const lines = [
      [4, 1],
      [5, 2],
      [8, 'line 8:'],
      [9, 3],
      [12, 4],
    ];
    for (let length = 1; length <= text.length; length++) {
      assert.deepEqual(read(text, length), lines, `pieces of ${length}`);
    }
  });

  it('are the same in pieces of any length, as JSON lines', () => {
    const line = (value: number) => JSON.stringify({ metric: 'm', value, labels: { a: '"\n' } });
    const text = `\n${line(1)}\nbad"\n\n${line(2)}\r\n${line(3)}`;
    const lines = [
      [2, 1],
      [3, 'line 3:'],
      [5, 2],
      [6, 3],
    ];
    for (let length = 1; length <= text.length; length++) {
      assert.deepEqual(read(text, length), lines, `pieces of ${length}`);
    }
  });

  it('are none of a text of names only', () => {
    assert.deepEqual(read('metric,value', 5), []);
    assert.deepEqual(read('metric,value\n', 5), []);
  });

  it('say where a text is no export, or does not end', () => {
    for (const text of ['', ' \n', '12', 'a,b\n1,2\n', 'x'.repeat(2e6)]) {
      assert.throws(() => read(text, 60_000), { key: 'noReadingsText' }, text.slice(0, 20));
    }
    assert.throws(() => read(`metric,value\nm,1\n"${'m,1\n'.repeat(1e6)}`, 60_000), {
      key: 'lineTooLong',
      params: { line: '3' },
    });
  });
});
