import type { TenantSettings } from '@snowflow/contracts/auth/tenant.dto';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';

type Life = Pick<SessionRecord, 'idleSeconds' | 'expiresAt'>;

/** How long a session lives under its tenant's settings. One that was begun under longer ones is cut short, never the other way round. */
export function lifeOf(
  { sessionIdleSeconds, sessionMaxSeconds }: Pick<TenantSettings, 'sessionIdleSeconds' | 'sessionMaxSeconds'>,
  { createdAt, expiresAt }: { createdAt: string; expiresAt?: string },
): Life {
  const longest = new Date(Date.parse(createdAt) + sessionMaxSeconds * 1000).toISOString();
  return {
    idleSeconds: sessionIdleSeconds,
    expiresAt: expiresAt !== undefined && expiresAt < longest ? expiresAt : longest,
  };
}

/** Seconds until a session ends when nothing more happens to it. */
export function secondsLeft({ idleSeconds, expiresAt }: Life): number {
  const untilMax = Math.ceil((Date.parse(expiresAt) - Date.now()) / 1000);
  return Math.max(1, Math.min(idleSeconds, untilMax));
}
