import { Injectable } from '@nestjs/common';
import { sql, type Selectable } from 'kysely';
import type { PageEnd } from '../database/page-cursor';
import type { OutsideCallsTable } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';

export type OutsideCallRow = Selectable<OutsideCallsTable>;

/** What is known of a call before it leaves. */
export type BegunCall = Pick<
  OutsideCallRow,
  | 'tenant_id'
  | 'id'
  | 'run_id'
  | 'step'
  | 'node_id'
  | 'owner_name'
  | 'kind'
  | 'host'
  | 'method'
  | 'credential_id'
  | 'sealed_about'
  | 'attempts'
>;
/** What it came to. */
export type EndedCall = Pick<
  OutsideCallRow,
  'state' | 'status' | 'error_code' | 'bytes_out' | 'bytes_in' | 'ms' | 'sealed_reply'
>;

/** Calls that steps made, or are about to make. */
@Injectable()
export class OutsideCallsRepository {
  constructor(private readonly store: WorkflowStore) {}

  /** Those of one step, the first first. */
  async ofStep(tenantId: string, runId: string, step: string): Promise<OutsideCallRow[]> {
    return this.store.statement(
      tenantId,
      sql<OutsideCallRow>`
        SELECT * FROM workflow.outside_calls WHERE run_id = ${runId} AND step = ${step} ORDER BY at, id`,
    );
  }

  /** Writes that a try begins, the one after `attempts` before. False where another worker has the run. */
  async begin(call: BegunCall, fence: number): Promise<boolean> {
    const rows = await this.store.statement(
      call.tenant_id,
      sql`
        INSERT INTO workflow.outside_calls AS made
          (tenant_id, id, run_id, step, node_id, owner_name, kind, host, method, credential_id, sealed_about, state, attempts)
        SELECT tenant_id, ${call.id}, run_id, ${call.step}, ${call.node_id}, ${call.owner_name}, ${call.kind}, ${call.host},
          ${call.method}, ${call.credential_id}, ${call.sealed_about}, 'sent', ${call.attempts}::integer + 1
        FROM workflow.run_queue
        WHERE run_id = ${call.run_id} AND tenant_id = ${call.tenant_id} AND fence = ${fence}
        ON CONFLICT (tenant_id, id) DO UPDATE SET state = 'sent', attempts = excluded.attempts
          WHERE made.attempts = ${call.attempts} AND made.state <> 'succeeded'
        RETURNING id`,
    );
    return rows.length > 0;
  }

  async end(tenantId: string, id: string, ended: EndedCall): Promise<void> {
    await this.store.statement(
      tenantId,
      sql`
        UPDATE workflow.outside_calls SET state = ${ended.state}, status = ${ended.status}, error_code = ${ended.error_code},
          bytes_out = bytes_out + ${ended.bytes_out}, bytes_in = bytes_in + ${ended.bytes_in}, ms = ${ended.ms},
          sealed_reply = ${ended.sealed_reply}
        WHERE id = ${id} AND state <> 'succeeded'`,
    );
  }

  /** Of the tenant, the newest first, after the end of a page. */
  async newest(tenantId: string, after: PageEnd | undefined, limit: number): Promise<OutsideCallRow[]> {
    const isAfter = after ? sql`WHERE (at, id) < (${after.at}, ${after.id})` : sql``;
    return this.store.statement(
      tenantId,
      sql<OutsideCallRow>`SELECT * FROM workflow.outside_calls ${isAfter} ORDER BY at DESC, id DESC LIMIT ${limit}`,
    );
  }
}
