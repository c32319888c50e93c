/** A sign-in that has begun, as the dialog sees it. */
export interface SignInBegun {
  id: string;
  /** what to type in at `url` */
  userCode: string;
  url: string;
}

/** What came of it: the refresh token, or nothing yet. */
export interface SignInResult {
  refreshToken: string | undefined;
}
