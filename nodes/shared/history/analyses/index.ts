import type { Work } from './analysis.ts';
import { compare } from './compare.ts';
import { forecast } from './forecast.ts';
import { normal } from './normal.ts';
import { suspects } from './suspects.ts';
import { whatChanged } from './what-changed.ts';

/**
 * What can be made of a history in its thread, by name: one file an analysis, one line here. Only the request and the
 * result pass between threads, as copies.
 */
const analyses = {
  compare,
  forecast,
  normal,
  suspects,
  whatChanged,
};

export type AnalysisName = keyof typeof analyses;
export type RequestOf<Name extends AnalysisName> = Parameters<(typeof analyses)[Name]>[0];
export type ResultOf<Name extends AnalysisName> =
  ReturnType<(typeof analyses)[Name]> extends Work<infer Result> ? Result : never;

/** Begins an analysis, in a thread. */
export function analysisOf(name: string, request: unknown): Work<unknown> {
  return (analyses[name as AnalysisName] as (request: unknown) => Work<unknown>)(request);
}
