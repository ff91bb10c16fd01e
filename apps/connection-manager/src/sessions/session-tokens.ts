/** What the driver serialises of a connection. */
interface SerializedConnection {
  services: { sf: { tokenInfo: TokenInfo } };
}

interface TokenInfo {
  masterToken: string;
  masterTokenExpirationTime: number;
  sessionToken: string;
  sessionTokenExpirationTime: number;
}

/** A session's tokens; times are milliseconds since the epoch. */
export interface SessionTokens {
  sessionToken: string;
  masterToken: string;
  sessionExpiresAtMs: number;
  masterExpiresAtMs: number;
  /** From here on a statement renews the session token first. */
  renewAfterMs: number;
}

const SHARE_OF_LIFE = 0.8;

/** When to renew what was issued at `issuedAtMs`: before it expires, whether it lives for seconds or for hours. */
export const renewAfter = (issuedAtMs: number, expiresAtMs: number) =>
  issuedAtMs + (expiresAtMs - issuedAtMs) * SHARE_OF_LIFE;

/** Reads the driver's own serialised form of tokens that were just issued. Throws where it has another shape. */
export function tokensOf(serialized: string, nowMs = Date.now()): SessionTokens {
  const { tokenInfo } = (JSON.parse(serialized) as SerializedConnection).services.sf;
  return {
    sessionToken: tokenInfo.sessionToken,
    masterToken: tokenInfo.masterToken,
    sessionExpiresAtMs: tokenInfo.sessionTokenExpirationTime,
    masterExpiresAtMs: tokenInfo.masterTokenExpirationTime,
    renewAfterMs: renewAfter(nowMs, tokenInfo.sessionTokenExpirationTime),
  };
}

/** The form that the driver's `deserializeConnection` takes. */
export function serializeTokens(tokens: SessionTokens): string {
  const tokenInfo: TokenInfo = {
    masterToken: tokens.masterToken,
    masterTokenExpirationTime: tokens.masterExpiresAtMs,
    sessionToken: tokens.sessionToken,
    sessionTokenExpirationTime: tokens.sessionExpiresAtMs,
  };
  return JSON.stringify({ services: { sf: { tokenInfo } } } satisfies SerializedConnection);
}
