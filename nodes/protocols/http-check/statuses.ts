import { FieldProblem } from '../../shared/problem.ts';

/** Reads a list of HTTP statuses and ranges: `200-299, 304`. Throws a FieldProblem. */
export function parseStatuses(field: string, text: unknown): (status: number) => boolean {
  const fail = () => new FieldProblem(field, 'statusList', text);
  if (typeof text !== 'string' || text.length > 200) throw fail();
  const ranges = text.split(',').map((part) => {
    const [, from, to = from] = /^\s*([1-5]\d\d)\s*(?:-\s*([1-5]\d\d)\s*)?$/.exec(part) ?? [];
    if (from === undefined || Number(to) < Number(from)) throw fail();
    return { from: Number(from), to: Number(to) };
  });
  return (status) => ranges.some(({ from, to }) => status >= from && status <= to);
}
