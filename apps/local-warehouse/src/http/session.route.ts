import type { SessionRegistry } from '../sessions/session-registry';
import type { Exchange } from './exchange';
import { success } from './replies';

/** POST /session/token-request, with the master token. */
export function renewTokens(exchange: Exchange, sessions: SessionRegistry): string {
  const { session, token, master } = sessions.renew(exchange.token);
  return success({
    sessionToken: token.text,
    validityInSecondsST: sessions.lifetimes.sessionSeconds,
    masterToken: master.text,
    validityInSecondsMT: sessions.lifetimes.masterSeconds,
    sessionId: session.id,
  });
}

/** POST /session?delete=true */
export function endSession(exchange: Exchange, sessions: SessionRegistry): string {
  sessions.end(sessions.byToken(exchange.token));
  return success(null);
}

/** POST /session/heartbeat */
export function heartbeat(exchange: Exchange, sessions: SessionRegistry): string {
  sessions.byToken(exchange.token);
  return success(null);
}
