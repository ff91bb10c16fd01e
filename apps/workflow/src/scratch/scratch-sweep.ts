import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import type { Plan } from '@snowflow/engine/plan/plan';
import { dropScratch } from '@snowflow/engine/sql/scratch-table.sql';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { PinnedWorkflows } from '../runs/pinned-workflow';
import type { RunRow } from '../runs/runs.repository';
import type { Owner } from '../workflows/workflows.repository';
import { type ScratchRow, ScratchTablesRepository } from './scratch-tables.repository';

const TIMEOUT_SECONDS = 60;
const WAIT_MS = 20_000;
const WAITS = 4;

/** Drops scratch tables that no run needs any more, as the person who made them. What can't be dropped stays on the list. */
@Injectable()
export class ScratchSweep {
  private readonly logger = new Logger(ScratchSweep.name);

  constructor(
    private readonly tables: ScratchTablesRepository,
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
  ) {}

  /** At a run's end, in the session that it still holds. A run that rests, or may be tried again, keeps its tables. */
  async afterRun({ tenant_id: tenantId, id }: RunRow): Promise<void> {
    await this.sweep(() => this.tables.dueOfRun(tenantId, id), id);
  }

  /** In the session that the person has just begun. */
  async ofPerson(person: Owner): Promise<void> {
    await this.sweep(() => this.tables.dueOfPerson(person));
  }

  /** Nobody waits for it, and nothing fails with it: the next sign-in is another chance. */
  private async sweep(find: () => Promise<ScratchRow[]>, runId?: string): Promise<void> {
    try {
      for (const table of await find()) {
        if (await this.drop(table, runId)) await this.tables.remove(table);
        else this.logger.warn({ msg: 'A scratch table was not dropped', runId: table.kept_for });
      }
    } catch (error) {
      const reason = error instanceof Error ? error.name : typeof error;
      this.logger.warn({ msg: 'A sweep of scratch tables did not come to its end', reason });
    }
  }

  private async drop(table: ScratchRow, runId?: string): Promise<boolean> {
    const { database_name: database, schema_name: schema, table_name: name, context } = table;
    const sql = dropScratch({ database, schema, name });
    const tag = { run: table.kept_for, node: table.step };
    const statement = { sql, binds: [], context, requestId: randomUUID(), tag, timeoutSeconds: TIMEOUT_SECONDS };
    const { queryId } = await this.connections.submit({ ...statement, ...(runId === undefined ? {} : { runId }) });
    for (let waits = 0; waits < WAITS; waits += 1) {
      const { state } = await this.connections.wait({ queryId, context, waitMs: WAIT_MS });
      if (state !== 'running') return state === 'succeeded';
    }
    return false;
  }
}

/** Whether a run may have tables to drop at its end: its own, those of workflows inside it, or of a run that it goes on from. */
export function keepsTables({ based_on }: RunRow, pinned: Kept): boolean {
  return based_on !== null || makesTables(pinned);
}

interface Kept {
  plan: Plan;
  children?: PinnedWorkflows;
}

function makesTables({ plan, children = {} }: Kept): boolean {
  return plan.steps.some(({ scratch }) => scratch !== undefined) || Object.values(children).some(makesTables);
}
