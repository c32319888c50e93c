export interface HttpRequest {
  /** what stands behind the `?`: texts, or lists of texts where a name comes more than once */
  query: Record<string, unknown>;
  /** the header `Accept` */
  accept: string | undefined;
  /** what a form was filled in with, where it was sent by POST */
  form?: URLSearchParams | undefined;
  /** the address that asks: of the last proxy, where one is between */
  caller?: string | undefined;
  /** the header `If-None-Match` */
  known?: string | undefined;
  /** aborted once nobody waits for the answer any more */
  signal: AbortSignal;
}

export interface HttpAnswer {
  status: number;
  type: string;
  /** others; without `Cache-Control` nothing is to be kept */
  headers?: Record<string, string>;
  /** in pieces, so that a long one can be made a little at a time */
  body: Iterable<string>;
}

/** What answers at some addresses under the path of Node-RED's own HTTP nodes. */
export interface HttpApi {
  readonly paths: Iterable<string>;
  /** whether it takes forms, too */
  readonly takesForms?: boolean;
  /** Never rejects. */
  answer: (path: string, request: HttpRequest) => Promise<HttpAnswer>;
}
