import { Injectable } from '@nestjs/common';
import { sql, type Selectable } from 'kysely';
import type { EffectsTable } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';

export type EffectRow = Selectable<EffectsTable>;

/** The step of a run that has an effect, under the lease of the worker that executes it. */
export interface EffectPlace {
  tenantId: string;
  runId: string;
  step: string;
  fence: number;
}

/** What steps sent, or are about to send. */
@Injectable()
export class EffectsRepository {
  constructor(private readonly store: WorkflowStore) {}

  async find({ tenantId, runId, step }: EffectPlace): Promise<EffectRow | undefined> {
    return this.store.transaction(tenantId, (db) =>
      db
        .selectFrom('workflow.effects')
        .selectAll()
        .where('run_id', '=', runId)
        .where('step', '=', step)
        .executeTakeFirst(),
    );
  }

  /** Writes that a try begins, the one after `attempts` before. False where another worker has the run or began one. */
  async begin(
    { tenantId, runId, step, fence }: EffectPlace,
    effect: Pick<EffectRow, 'effect_key' | 'kind' | 'attempts' | 'sealed_target'>,
  ): Promise<boolean> {
    const rows = await this.store.statement(
      tenantId,
      sql<{ attempts: number }>`
        INSERT INTO workflow.effects AS effect
          (tenant_id, run_id, step, effect_key, kind, state, attempts, sealed_target)
        SELECT tenant_id, run_id, ${step}, ${effect.effect_key}, ${effect.kind}, 'sent', ${effect.attempts}::integer + 1,
          ${effect.sealed_target}
        FROM workflow.run_queue WHERE run_id = ${runId} AND tenant_id = ${tenantId} AND fence = ${fence}
        ON CONFLICT (run_id, step) DO UPDATE SET state = 'sent', attempts = excluded.attempts, at = now()
          WHERE effect.attempts = ${effect.attempts} AND effect.state <> 'succeeded'
        RETURNING attempts`,
    );
    return rows.length > 0;
  }

  /** Writes what a try came to; a later try's word is not overwritten, unless by the news that it was taken. */
  async end(
    { tenantId, runId, step }: EffectPlace,
    effect: Pick<EffectRow, 'state' | 'attempts' | 'sealed_response'>,
  ): Promise<void> {
    await this.store.statement(
      tenantId,
      sql`
        UPDATE workflow.effects SET state = ${effect.state}, sealed_response = ${effect.sealed_response}, at = now()
        WHERE run_id = ${runId} AND step = ${step}
          AND (attempts = ${effect.attempts} OR ${effect.state} = 'succeeded') AND state <> 'succeeded'`,
    );
  }
}
