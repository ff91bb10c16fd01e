import type { ItemRow } from '@snowflow/nodes/kit/workflow-calls';
import { ResultRows } from '../execution/result-rows';
import type { PretendSnowflake } from './pretend-snowflake';

/** Rows of the results of a pretended Snowflake: those that are given for statements that hold a text. */
export class PretendRows extends ResultRows {
  /** How often rows were read. */
  reads = 0;
  private readonly given = new Map<string, ItemRow[]>();

  constructor(private readonly snowflake: PretendSnowflake) {
    super();
  }

  of(holds: string, rows: ItemRow[]): void {
    this.given.set(holds, rows);
  }

  override async read(_run: object, queryId: string): Promise<readonly ItemRow[]> {
    this.reads += 1;
    const sql = this.snowflake.submitted.find((statement) => statement.queryId === queryId)?.sql ?? '';
    return [...this.given].find(([holds]) => sql.includes(holds))?.[1] ?? [];
  }
}
