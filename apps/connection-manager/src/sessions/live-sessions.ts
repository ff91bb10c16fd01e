import type { LiveSession } from './live-session';

interface Entry {
  session: LiveSession;
  usedAtMs: number;
}

export interface LiveSessionsOptions {
  max: number;
  idleMs: number;
}

/** A bounded cache, least recently used first out. Dropping an entry lets its sockets go; the session in Snowflake stays. */
export class LiveSessions {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly options: LiveSessionsOptions) {}

  /** Ids are random and never reused, so the id alone would do; the tenant keeps a mixed-up caller out. */
  get(tenantId: string, sessionId: string): LiveSession | undefined {
    const key = `${tenantId}|${sessionId}`;
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.entries.delete(key);
    this.entries.set(key, { session: entry.session, usedAtMs: Date.now() });
    return entry.session;
  }

  put(session: LiveSession): void {
    const key = keyOf(session);
    this.drop(key);
    this.entries.set(key, { session, usedAtMs: Date.now() });
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= this.options.max) break;
      this.drop(oldest);
    }
  }

  forget(session: LiveSession): void {
    const key = keyOf(session);
    if (this.entries.get(key)?.session === session) this.drop(key);
  }

  evictIdle(nowMs = Date.now()): void {
    for (const [key, entry] of this.entries) {
      if (nowMs - entry.usedAtMs >= this.options.idleMs) this.drop(key);
    }
  }

  clear(): void {
    for (const key of this.entries.keys()) this.drop(key);
  }

  get size(): number {
    return this.entries.size;
  }

  /** Sessions used since then. */
  usedSince(sinceMs: number): LiveSession[] {
    return [...this.entries.values()].filter(({ usedAtMs }) => usedAtMs >= sinceMs).map(({ session }) => session);
  }

  private drop(key: string): void {
    this.entries.get(key)?.session.connection.dispose();
    this.entries.delete(key);
  }
}

const keyOf = ({ ref }: LiveSession) => `${ref.tenantId}|${ref.sessionId}`;
