import type { StrictSnowflake } from './strict-snowflake';

/** Snowflake's own OAuth where refresh tokens work once: a second use is taken for theft and ends the grant. */
export class RotatingProvider {
  /** Uses of a token that had been replaced. */
  thefts = 0;
  /** Refresh tokens that were presented. */
  refreshes = 0;
  /** Set: the only secret of the client that is let in. */
  secret: string | undefined;
  private newest = 'refresh-0';
  private issued = 0;

  constructor(snowflake: StrictSnowflake) {
    snowflake.server.on('/oauth/token-request', ({ body, headers }, response) => {
      const told = Buffer.from(headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString();
      if (this.secret !== undefined && decodeURIComponent(told.split(':')[1] ?? '') !== this.secret) {
        response.statusCode = 401;
        return { error: 'invalid_client' };
      }
      const { grant_type: kind, refresh_token: presented } = body.data ?? {};
      if (kind === 'refresh_token') this.refreshes += 1;
      if (kind === 'refresh_token' && presented !== this.newest) {
        this.thefts += 1;
        this.newest = 'none';
        response.statusCode = 400;
        return { error: 'invalid_grant' };
      }
      this.issued += 1;
      this.newest = `refresh-${this.issued}`;
      const accessToken = `access-${this.issued}`;
      snowflake.accessTokens.add(accessToken);
      return { access_token: accessToken, token_type: 'Bearer', refresh_token: this.newest };
    });
  }
}
