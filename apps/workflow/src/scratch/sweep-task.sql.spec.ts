import { sweepTask } from './sweep-task.sql';

describe('The task that sweeps a schema', () => {
  it('drops what has expired by its comment, and nothing that SnowFlow did not make', () => {
    expect(sweepTask({ database: 'DEMO', schema: 'SCRATCH' }, 'WH'))
      .toBe(`CREATE OR REPLACE TASK "DEMO"."SCRATCH"."SNOWFLOW_SWEEP_SCRATCH"
WAREHOUSE = "WH"
SCHEDULE = 'USING CRON 0 3 * * * UTC'
COMMENT = 'Drops scratch tables of SnowFlow that have expired'
AS EXECUTE IMMEDIATE $$
DECLARE
  expired CURSOR FOR SELECT TABLE_NAME FROM "DEMO".INFORMATION_SCHEMA.TABLES
    WHERE TABLE_SCHEMA = 'SCRATCH' AND IS_TRANSIENT = 'YES' AND STARTSWITH(TABLE_NAME, 'SNOWFLOW_SCRATCH_')
    AND TRY_TO_TIMESTAMP_TZ(SPLIT_PART(COMMENT, 'expires ', 2)) < CURRENT_TIMESTAMP();
BEGIN
  FOR one IN expired DO
    LET name VARCHAR := '"DEMO"."SCRATCH"."' || REPLACE(one.TABLE_NAME, '"', '""') || '"';
    DROP TABLE IF EXISTS IDENTIFIER(:name);
  END FOR;
END;
$$;
ALTER TASK "DEMO"."SCRATCH"."SNOWFLOW_SWEEP_SCRATCH" RESUME;`);
  });

  it('is serverless without a warehouse, and keeps names apart from its own text', () => {
    const text = sweepTask({ database: `A"; --`, schema: `it's $$ \\ "B` }, null);
    expect(text).toContain("USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE = 'XSMALL'");
    expect(text).toContain(`CREATE OR REPLACE TASK "A""; --"."it's $$ \\ ""B"."SNOWFLOW_SWEEP_SCRATCH"`);
    expect(text).toMatch(/AS EXECUTE IMMEDIATE '[^]*';\nALTER TASK/);
    expect(text).not.toMatch(/EXECUTE IMMEDIATE \$\$/);
  });
});
