import { Injectable } from '@nestjs/common';
import { connectionsContract, type ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import { Semaphore } from '@snowflow/engine/run/semaphore';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { currentPerson } from '@snowflow/transport/request-scope';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';

const AT_ONCE = 4;
/** More than these wait for nothing: runs go before numbers about them. */
const MOST_WAITING = 500;

/** Asks once what an ended statement took, and writes it beside the journal. Best effort: no run waits for it or fails by it. */
@Injectable()
export class StatementStatistics {
  private readonly places = new Semaphore(AT_ONCE);
  private waiting = 0;

  constructor(
    private readonly store: WorkflowStore,
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
  ) {}

  collect(statement: { runId: string; requestId: string; queryId: string }): void {
    if (this.waiting >= MOST_WAITING) return;
    this.waiting += 1;
    this.places
      .run(() => this.ask(statement))
      .catch(() => undefined)
      .finally(() => (this.waiting -= 1));
  }

  private async ask({ runId, requestId, queryId }: Parameters<StatementStatistics['collect']>[0]): Promise<void> {
    const stats = await this.connections.statistics({ queryId });
    if (Object.keys(stats).length === 0) return;
    await this.store.statement(
      currentPerson().tenantId,
      sql`UPDATE workflow.statements SET stats = ${JSON.stringify(stats)}::json
          WHERE run_id = ${runId} AND request_id = ${requestId}`,
    );
  }
}
