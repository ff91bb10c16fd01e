import { Injectable } from '@nestjs/common';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { ContextRunner } from '../sessions/context-runner';
import { quoteIdentifier } from '../sessions/pinned-context';
import type { SessionRef } from '../sessions/sealed-session.repository';

/** An administrator may change it; that is heard after so long. */
const HOLDS_MS = 60_000;
const MOST_KNOWN = 1_000;
/** DESCRIBE USER has some forty properties. */
const MOST_PROPERTIES = 200;

/** The default role of a session's person, as DESCRIBE USER says; each may describe themselves. */
@Injectable()
export class DefaultRoles {
  private readonly known = new Map<string, { role: string | null; untilMs: number }>();

  constructor(private readonly runner: ContextRunner) {}

  async of(ref: SessionRef, context: PinnedContext): Promise<string | null> {
    const known = this.known.get(ref.sessionId);
    if (known && known.untilMs > Date.now()) return known.role;
    const role = await this.ask(ref, context);
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    this.known.set(ref.sessionId, { role, untilMs: Date.now() + HOLDS_MS });
    return role;
  }

  private async ask(ref: SessionRef, context: PinnedContext): Promise<string | null> {
    const [[user] = []] = await this.runner.rows(ref, context, { sql: 'SELECT CURRENT_USER()' }, 1);
    if (!user) return null;
    const sql = `DESCRIBE USER ${quoteIdentifier(user)}`;
    const properties = await this.runner.rows(ref, context, { sql }, MOST_PROPERTIES);
    const [, value] = properties.find(([property]) => property === 'DEFAULT_ROLE') ?? [];
    return value && value !== 'null' ? value : null;
  }
}
