import { FieldProblem } from './problem.ts';

/**
 * A path of Node-RED's own HTTP addresses, as a dialog has it: with a slash at its front and none at its end; empty
 * for none. Throws a FieldProblem.
 */
export function checkUrlPath(field: string, value: unknown): string {
  const path = typeof value === 'string' ? value.trim().replace(/^\/+|\/+$/g, '') : value;
  if (path === '') return '';
  const isPath = typeof path === 'string' && path.length <= 200 && /^[\w.~/-]+$/.test(path);
  if (!isPath || path.split('/').some((part) => /^\.*$/.test(part))) {
    throw new FieldProblem(field, 'urlPath', value);
  }
  return `/${path}`;
}
