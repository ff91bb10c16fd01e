import { randomUUID } from 'node:crypto';
import { connectionsContract, type ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import type { StatementStatus } from '@snowflow/contracts/connections/connections.dto';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { createClient } from '@snowflow/transport/create-client';
import { runInScope } from '@snowflow/transport/request-scope';
import { RpcCaller } from '@snowflow/transport/rpc-caller';
import type { Session } from './api-client';

/** Where a statement is to run; what is left out is none. */
export function pinnedTo(role: string, warehouse = 'DEMO_WH'): PinnedContext {
  return { role, secondaryRoles: 'NONE', warehouse, database: null, schema: null };
}

/** A statement that divides by zero unless all conditions hold: one that ran as somebody else, or elsewhere, fails. */
export function onlyWhere(conditions: Record<string, string>): string {
  const holds = Object.entries(conditions).map(([name, value]) => `CURRENT_${name}() = '${value}'`);
  return `SELECT 1 / IFF(${holds.join(' AND ')}, 1, 0) AS ONE`;
}

/** Statements of people's sessions straight through connection-manager's RPC, as the workflow service would send them. */
export class StatementCaller {
  private readonly caller: RpcCaller;
  readonly connections: ConnectionsClient;

  /** `sealingKeys`: the ring that the stack was started with. */
  constructor(redisUrl: string, sealingKeys: string) {
    this.caller = new RpcCaller({ redisUrl, sealer: new KeyRing(sealingKeys) });
    this.connections = createClient(connectionsContract, this.caller);
  }

  asPerson<Result>(session: Session, work: () => Promise<Result>): Promise<Result> {
    const { id: sessionId, tenantId, username } = session;
    const userId = userIdOf(tenantId, username);
    return runInScope({ context: { correlationId: randomUUID(), tenantId, sessionId, userId } }, work);
  }

  submit(session: Session, sql: string, context: PinnedContext): Promise<{ queryId: string }> {
    return this.asPerson(session, () =>
      this.connections.submit({
        sql,
        binds: [],
        context,
        requestId: randomUUID(),
        tag: { effect: randomUUID() },
        timeoutSeconds: 120,
      }),
    );
  }

  async ended(session: Session, queryId: string, context: PinnedContext): Promise<StatementStatus> {
    for (;;) {
      const status = await this.asPerson(session, () => this.connections.wait({ queryId, context, waitMs: 10_000 }));
      if (status.state !== 'running') return status;
    }
  }

  async run(session: Session, sql: string, context: PinnedContext): Promise<StatementStatus> {
    const { queryId } = await this.submit(session, sql, context);
    return this.ended(session, queryId, context);
  }

  close(): Promise<void> {
    return this.caller.close();
  }
}
