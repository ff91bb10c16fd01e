import { Injectable } from '@nestjs/common';
import { connectionsContract, type ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { explainedObjects } from '@snowflow/platform/policies/explained-objects';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { z } from 'zod';

/** What a statement reads at most. */
export interface Explanation {
  bytesAtMost: number;
  partitions: { assigned: number; total: number };
  /** What it reads and writes, by the parts of each name; undefined where Snowflake does not say. */
  objects?: string[][];
}

const count = z.number().int().nonnegative();
/** Of what EXPLAIN USING JSON says only the sums, and what objects are named. */
const explanation = z.object({
  GlobalStats: z.object({ partitionsTotal: count, partitionsAssigned: count, bytesAssigned: count }),
});

/** Asks Snowflake, as the present person, what a statement would read; it is compiled for that and not run. */
@Injectable()
export class Explainer {
  constructor(@InjectClient(connectionsContract) private readonly connections: ConnectionsClient) {}

  /** Throws what Snowflake refuses the statement with. */
  async explain(
    { sql, binds }: { sql: string; binds: Bind[] },
    context: PinnedContext,
    options: { deadlineMs?: number } = {},
  ): Promise<Explanation> {
    const statement = { sql: `EXPLAIN USING JSON ${sql}`, binds, context };
    const { rows } = await this.connections.metadata(statement, options);
    const said = read(rows[0]?.[0]);
    const { GlobalStats } = said.stats;
    const { bytesAssigned, partitionsAssigned, partitionsTotal } = GlobalStats;
    const { objects } = said;
    const partitions = { assigned: partitionsAssigned, total: partitionsTotal };
    return { bytesAtMost: bytesAssigned, partitions, ...(objects ? { objects } : {}) };
  }
}

function read(cell: unknown) {
  try {
    const said: unknown = JSON.parse(String(cell));
    return { stats: explanation.parse(said), objects: explainedObjects(said) };
  } catch (cause) {
    throw new AppError(
      'SNOWFLAKE_UNAVAILABLE',
      'Snowflake explained the statement without saying how much it reads.',
      {},
      { cause },
    );
  }
}
