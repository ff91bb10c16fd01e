import { SCRATCH_PREFIX } from '@snowflow/engine/plan/scratch-table';
import { block, bodyText } from '@snowflow/engine/export/scripting';
import { literal } from '@snowflow/nodes/kit/sql/literal';
import { quoteIdentifier } from '@snowflow/nodes/kit/sql/quote-identifier';
import type { ScratchSchema } from './scratch-tables.repository';

/**
 * A task of the customer's own that drops, every night, what has expired in one schema. It reads until when from each table's comment, so
 * it needs nothing of SnowFlow; its owner has to own the tables. Without a warehouse it is serverless.
 */
export function sweepTask({ database, schema }: ScratchSchema, warehouse: string | null): string {
  const place = `${quoteIdentifier(database)}.${quoteIdentifier(schema)}`;
  const task = `${place}."SNOWFLOW_SWEEP_SCRATCH"`;
  const body = block(
    [`expired CURSOR FOR ${expiredTables(database, schema)}`],
    [
      'FOR one IN expired DO',
      `  LET name VARCHAR := ${literal(`${place}."`)} || REPLACE(one.TABLE_NAME, '"', '""') || '"';`,
      '  DROP TABLE IF EXISTS IDENTIFIER(:name);',
      'END FOR;',
    ],
  );
  return [
    `CREATE OR REPLACE TASK ${task}`,
    warehouse === null
      ? "USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'XSMALL'"
      : `WAREHOUSE = ${quoteIdentifier(warehouse)}`,
    "SCHEDULE = 'USING CRON 0 3 * * * UTC'",
    "COMMENT = 'Drops scratch tables of SnowFlow that have expired'",
    `AS EXECUTE IMMEDIATE ${bodyText(body)};`,
    `ALTER TASK ${task} RESUME;`,
  ].join('\n');
}

function expiredTables(database: string, schema: string): string {
  return [
    `SELECT TABLE_NAME FROM ${quoteIdentifier(database)}.INFORMATION_SCHEMA.TABLES`,
    `WHERE TABLE_SCHEMA = ${literal(schema)} AND IS_TRANSIENT = 'YES' AND STARTSWITH(TABLE_NAME, ${literal(SCRATCH_PREFIX)})`,
    "AND TRY_TO_TIMESTAMP_TZ(SPLIT_PART(COMMENT, 'expires ', 2)) < CURRENT_TIMESTAMP()",
  ].join('\n    ');
}
