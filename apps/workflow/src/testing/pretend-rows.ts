import type { ReadRows } from '@snowflow/nodes/kit/action-node';
import type { StepValue } from '@snowflow/nodes/kit/step-value';
import { ResultRows } from '../execution/result-rows';
import type { PretendSnowflake } from './pretend-snowflake';

type Row = Readonly<Record<string, StepValue>>;

/** Rows of the results of a pretended Snowflake: those that are given for statements that hold a text, by column; others give none. */
export class PretendRows extends ResultRows {
  /** How often rows were read. */
  reads = 0;
  private readonly given = new Map<string, readonly Row[]>();

  constructor(private readonly snowflake: PretendSnowflake) {
    super();
  }

  of(holds: string, rows: readonly Row[]): void {
    this.given.set(holds, rows);
  }

  override async first(_run: object, queryId: string, maxRows: number): Promise<ReadRows> {
    this.reads += 1;
    const sql = this.snowflake.submitted.find((statement) => statement.queryId === queryId)?.sql ?? '';
    const rows = [...this.given].find(([holds]) => sql.includes(holds))?.[1] ?? [];
    const names = Object.keys(rows[0] ?? {});
    return {
      columns: names.map((name) => ({ name, type: 'VARIANT', nullable: true })),
      rows: rows.slice(0, maxRows).map((row) => names.map((name) => row[name] ?? null)),
    };
  }
}
