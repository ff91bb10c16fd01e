import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';

/** What calls came to since midnight in UTC. */
export interface CallUsage {
  statements: number;
  bytes: number;
  tokens: number;
  /** Runs that ended, and runs under way that have written nothing yet. */
  ended: number;
  silent: number;
}

@Injectable()
export class CallUsageRepository {
  constructor(private readonly store: WorkflowStore) {}

  /**
   * Of a key, or of a publication. A statement counts with the bytes that it reads at most where its run has a budget of them, else with
   * what Snowflake scanned for it; where that is not known yet, with what the day's others came to on average.
   */
  async today(tenantId: string, of: 'key_id' | 'publication_id', id: string): Promise<CallUsage> {
    const [row] = await this.store.statement(
      tenantId,
      sql<Record<keyof CallUsage, string>>`
        WITH mine AS (
          SELECT id, finished_at FROM workflow.runs
          WHERE tenant_id = ${tenantId} AND ${sql.ref(of)} = ${id} AND key_id IS NOT NULL
            AND created_at >= date_trunc('day', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
        ), sent AS (
          SELECT state, CASE WHEN bytes_at_most IS NULL AND stats IS NOT NULL
            THEN coalesce((stats->>'bytesScanned')::bigint, 0) ELSE bytes_at_most END AS bytes
          FROM workflow.statements WHERE run_id IN (SELECT id FROM mine)
        )
        SELECT
          (SELECT count(*) FROM sent) AS statements,
          (SELECT coalesce(sum(bytes) + avg(bytes) * count(*) FILTER (WHERE bytes IS NULL AND state <> 'absent'), 0) FROM sent) AS bytes,
          (SELECT coalesce(sum(tokens), 0) FROM workflow.model_calls WHERE run_id IN (SELECT id FROM mine)) AS tokens,
          (SELECT count(*) FROM mine WHERE finished_at IS NOT NULL) AS ended,
          (SELECT count(*) FROM mine WHERE finished_at IS NULL
            AND NOT EXISTS (SELECT FROM workflow.statements WHERE run_id = mine.id)
            AND NOT EXISTS (SELECT FROM workflow.model_calls WHERE run_id = mine.id)) AS silent`,
    );
    const numberOf = (what: keyof CallUsage) => Number(row?.[what] ?? 0);
    return {
      statements: numberOf('statements'),
      bytes: numberOf('bytes'),
      tokens: numberOf('tokens'),
      ended: numberOf('ended'),
      silent: numberOf('silent'),
    };
  }
}
