import { Injectable } from '@nestjs/common';
import { connectionsContract, type ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { z } from 'zod';

/** What a statement reads at most. */
export interface Explanation {
  bytesAtMost: number;
  partitions: { assigned: number; total: number };
}

const count = z.number().int().nonnegative();
/** Of what EXPLAIN USING JSON says only the sums count. */
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
    const { GlobalStats } = parse(rows[0]?.[0]);
    const { bytesAssigned, partitionsAssigned, partitionsTotal } = GlobalStats;
    return { bytesAtMost: bytesAssigned, partitions: { assigned: partitionsAssigned, total: partitionsTotal } };
  }
}

function parse(cell: unknown): z.infer<typeof explanation> {
  try {
    return explanation.parse(JSON.parse(String(cell)));
  } catch (cause) {
    throw new AppError(
      'SNOWFLAKE_UNAVAILABLE',
      'Snowflake explained the statement without saying how much it reads.',
      {},
      { cause },
    );
  }
}
