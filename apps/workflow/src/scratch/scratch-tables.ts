import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type ScratchTable, scratchName, type TableName } from '@snowflow/engine/plan/scratch-table';
import { LeaseLost } from '../execution/run-interruptions';
import type { RunRow } from '../runs/runs.repository';
import { ScratchTablesRepository } from './scratch-tables.repository';

/** A run that rests for longer finds its tables gone where the customer's own task sweeps. */
const LIFE_MS = 14 * 24 * 3_600_000;
/** What Snowflake allows. */
const LONGEST_NAME = 255;

/** The tables that the steps of a run make. */
@Injectable()
export class ScratchTables {
  constructor(private readonly tables: ScratchTablesRepository) {}

  /** Says that a step is about to make its table: a worker that dies from here on leaves none that nobody knows of. */
  async begin(run: RunRow, step: string, { database, schema }: TableName): Promise<ScratchTable> {
    const expires = new Date(Date.now() + LIFE_MS).toISOString();
    const table = {
      database,
      schema,
      name: nameIn(run.id, step),
      comment: `SnowFlow run ${run.id}; expires ${expires}`,
    };
    if (!(await this.tables.begin(run, step, table))) throw new LeaseLost();
    return table;
  }
}

/** The table's names alone. */
export const nameOf = ({ database, schema, name }: TableName): TableName => ({ database, schema, name });

/** Steps of workflows inside workflows may have long ids. */
function nameIn(runId: string, step: string): string {
  const name = scratchName(runId, step);
  if (name.length <= LONGEST_NAME) return name;
  return scratchName(runId, createHash('sha256').update(step).digest('hex'));
}
