import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { EarlierTurn } from '@snowflow/engine/agents/agent';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { runBinding } from '../runs/sealed-run';
import { SEALER } from '../sealer';

/** A thread of one person with one agent of a saved workflow. */
export interface ThreadOf {
  tenantId: string;
  ownerId: string;
  workflowId: string;
  nodeId: string;
  /** As the workflow names it. */
  name: string;
}

/** What was said in threads, sealed; it goes with the runs that it was said in. */
@Injectable()
export class AgentThreads {
  constructor(
    private readonly store: WorkflowStore,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  /** The last turns of a thread, the oldest first, without that of the run itself. */
  async before(thread: ThreadOf, runId: string, turns: number): Promise<EarlierTurn[]> {
    const { tenantId } = thread;
    const rows = await this.store.statement(
      tenantId,
      sql<{ sealed_turn: string }>`
        SELECT sealed_turn FROM workflow.agent_turns
        WHERE tenant_id = ${tenantId} AND thread_key = ${keyOf(thread)} AND run_id <> ${runId}
        ORDER BY at DESC LIMIT ${turns}`,
    );
    const opened = rows.map(
      ({ sealed_turn: sealed }) => JSON.parse(this.sealer.open(sealed, runBinding(tenantId))) as EarlierTurn,
    );
    return opened.reverse();
  }

  /** Keeps a turn once, however often its step runs. */
  async keep(thread: ThreadOf, at: { runId: string; step: string }, turn: EarlierTurn): Promise<void> {
    const { tenantId } = thread;
    await this.store.statement(
      tenantId,
      sql`
        INSERT INTO workflow.agent_turns (tenant_id, run_id, step, thread_key, sealed_turn)
        VALUES (${tenantId}, ${at.runId}, ${at.step}, ${keyOf(thread)},
          ${this.sealer.seal(JSON.stringify(turn), runBinding(tenantId))})
        ON CONFLICT (run_id, step) DO NOTHING`,
    );
  }
}

function keyOf({ tenantId, ownerId, workflowId, nodeId, name }: ThreadOf): string {
  return createHash('sha256')
    .update(JSON.stringify([tenantId, ownerId, workflowId, nodeId, name]))
    .digest('base64url');
}
