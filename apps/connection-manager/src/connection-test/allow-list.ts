import { Injectable } from '@nestjs/common';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { z } from 'zod';
import { ContextRunner } from '../sessions/context-runner';
import type { SessionRef } from '../sessions/sealed-session.repository';

const entries = z.array(
  z.object({ type: z.string(), host: z.string().min(1), port: z.number().int().min(1).max(65_535) }),
);
export type AllowedHost = Pick<z.infer<typeof entries>[number], 'host' | 'port'>;

/** Where Snowflake says, to whom it knows, that the account's results come from. */
@Injectable()
export class AllowList {
  constructor(private readonly runner: ContextRunner) {}

  async resultHosts(ref: SessionRef, context: PinnedContext): Promise<AllowedHost[]> {
    const [row] = await this.runner.rows(ref, context, { sql: 'SELECT SYSTEM$ALLOWLIST()', binds: [] }, 1);
    const all = entries.parse(JSON.parse(row?.[0] ?? '[]'));
    return all.filter(({ type }) => type === 'STAGE').map(({ host, port }) => ({ host, port }));
  }
}
