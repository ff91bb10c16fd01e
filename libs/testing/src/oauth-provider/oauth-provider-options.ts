/** What an authorization server of a test is like. */
export interface OauthProviderOptions {
  /** Plays Snowflake's own server, or a company's identity provider with OpenID Connect discovery. */
  mode: 'snowflake' | 'external';
  port: number;
  /** Where browsers see it; Snowflake's stands behind the account's own host. */
  issuer: string;
  users: { name: string; password: string }[];
  clients: { id: string; secret: string; redirectUris: string[] }[];
  /** Whether a refresh token is replaced when it is used. */
  rotate: boolean;
  /** Whether it gives refresh tokens at all. */
  refreshTokens: boolean;
  /** Whether the callback carries the issuer (RFC 9207). */
  sendIss: boolean;
  accessTokenSeconds: number;
}
