import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseStatuses } from '../../../nodes/protocols/http-check/statuses.ts';
import { FieldProblem } from '../../../nodes/shared/problem.ts';

describe('parseStatuses', () => {
  it('takes single ones and ranges', () => {
    const fits = parseStatuses('expectedStatus', '200-204, 301 ,404');
    const statuses = [199, 200, 204, 205, 301, 302, 404];
    assert.deepEqual(statuses.filter(fits), [200, 204, 301, 404]);
  });

  for (const bad of ['', '200,', '20', '200-', '299-200', '2xx', '600', '99', 200, undefined]) {
    it(`refuses ${JSON.stringify(bad)}`, () => {
      assert.throws(() => parseStatuses('expectedStatus', bad), {
        message: /^expectedStatus: expected statuses such as 200-299, 304, but got /,
      });
    });
  }

  it('throws nothing but field problems', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('0123456789 ,-x')) }), (text) => {
        try {
          return typeof parseStatuses('f', text)(200) === 'boolean';
        } catch (error) {
          return error instanceof FieldProblem;
        }
      }),
    );
  });
});
