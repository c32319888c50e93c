import assert from 'node:assert/strict';
import * as check from '../../../nodes/shared/check.ts';
import { validator } from '../../../nodes/shared/editor/validate.ts';
import { fill } from '../../../nodes/shared/problem.ts';

describe('validator', () => {
  const translate = (key: string, params?: object) =>
    params && 'field' in params
      ? fill(`${key}: __field__, __actual__`, params as Record<string, string>)
      : key;
  const validate = validator(translate, (value) => check.number('port', value));

  it('says what is wrong in the way that Node-RED shows', () => {
    assert.equal(validate('25'), true);
    assert.equal(validate('x'), 'shared.problem.field: shared.field.port, "x"');
    // Any other validator's text counts as true: RED.editor.validateNode.
    assert.equal(validate.length, 2);
  });

  it('gives the check the node with its other properties', () => {
    const seen: unknown[] = [];
    validator(translate, (_, node) => seen.push(node.host)).call({ host: 'a' }, '');
    assert.deepEqual(seen, ['a']);
  });
});
