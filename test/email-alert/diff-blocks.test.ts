import assert from 'node:assert/strict';
import { diffBlocks } from '../../nodes/email-alert/diff-blocks.ts';

const diff = `@@ -7,4 +7,5 @@
 vlan 10
-name old
+name new
+name newer
 end
@@ -120 +121 @@
-a
+b
\\ 3 more lines
`;

describe('diffBlocks', () => {
  it('gives each line its number, and puts those of a kind together', () => {
    const line = (number: string, sign: string, text: string) => ({ number, sign, text });
    assert.deepEqual(diffBlocks(diff, 100), {
      blocks: [
        { kind: 'head', lines: [line('    ', '', '@@ -7,4 +7,5 @@')] },
        { kind: 'same', lines: [line('   7', ' ', 'vlan 10')] },
        { kind: 'removed', lines: [line('   8', '-', 'name old')] },
        {
          kind: 'added',
          lines: [line('   8', '+', 'name new'), line('   9', '+', 'name newer')],
        },
        { kind: 'same', lines: [line('  10', ' ', 'end')] },
        { kind: 'head', lines: [line('    ', '', '@@ -120 +121 @@')] },
        { kind: 'removed', lines: [line(' 120', '-', 'a')] },
        { kind: 'added', lines: [line(' 121', '+', 'b')] },
        { kind: 'note', lines: [line('    ', '', '3 more lines')] },
      ],
      omitted: 0,
    });
  });

  it('leaves out what is too much', () => {
    const { blocks, omitted } = diffBlocks(diff, 3);
    assert.deepEqual(
      blocks.map(({ kind }) => kind),
      ['head', 'same', 'removed'],
    );
    assert.equal(omitted, 7);
  });

  it('takes any text', () => {
    assert.deepEqual(diffBlocks('', 10), { blocks: [], omitted: 0 });
    assert.deepEqual(diffBlocks('what', 10).blocks[0]!.kind, 'note');
  });
});
