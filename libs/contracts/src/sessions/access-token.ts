/** Access tokens are JWTs (ES256) that auth signs and the gateway checks, each with its own configuration but these same words. */
export const ACCESS_TOKEN_ISSUER = 'snowflow-auth';
export const ACCESS_TOKEN_AUDIENCE = 'snowflow-api';
export const ACCESS_TOKEN_SECONDS = 900;

/** What a token says: the person, the session it dies with, and the tenant. */
export interface AccessTokenClaims {
  sub: string;
  sid: string;
  tid: string;
  /** The session's version when it was signed. */
  ver: number;
}
