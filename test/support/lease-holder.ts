import { Client } from 'pg';
import type { Stack } from '@snowflow/testing/stack';

/** Which worker replica executes a run, as the lease in PostgreSQL says: `host:pid:random`. */
export async function workerOf(stack: Stack, runId: string): Promise<number> {
  const client = new Client({ connectionString: stack.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ leased_by: string | null }>(
      'SELECT leased_by FROM workflow.run_queue WHERE run_id = $1',
      [runId],
    );
    const index = (stack.pids.worker ?? []).findIndex((pid) => rows[0]?.leased_by?.includes(`:${pid}:`));
    if (index === -1) throw new Error(`No worker has run ${runId}; its lease says ${rows[0]?.leased_by ?? 'nobody'}`);
    return index;
  } finally {
    await client.end();
  }
}
