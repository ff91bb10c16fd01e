import { queryTag } from './query-tag';
import { requireHarmless } from './statement-guard';

describe('what a statement may not be', () => {
  it.each([
    'PUT file:///etc/passwd @~',
    ' get @~/x file:///tmp',
    'PUTx',
    '/* a */ -- b\n (PUT file:///x @~)',
    'USE ROLE ACCOUNTADMIN',
    '/**/use secondary roles all',
    'ALTER SESSION SET TIMEZONE = 1',
    'set x = 1',
    'BEGIN',
    'EXECUTE IMMEDIATE $$ use role x $$',
    'create or replace temp table t as select 1',
    'CREATE LOCAL TEMPORARY TABLE t (a int)',
  ])('refuses %j', (sql) => {
    expect(() => requireHarmless(sql)).toThrow(expect.objectContaining({ code: 'SQL_FAILED' }));
  });

  it.each([
    'select 1',
    'WITH a AS (SELECT 1) SELECT * FROM a',
    'INSERT INTO t SELECT 1',
    'CREATE TABLE temp_results AS SELECT 1',
    'CREATE OR REPLACE TRANSIENT TABLE t (a int)',
    'ALTER TABLE t ADD COLUMN b int',
    "select 'use role x'",
  ])('lets %j through', (sql) => {
    expect(() => requireHarmless(sql)).not.toThrow();
  });
});

describe('the query tag', () => {
  it('is compact JSON with the tenant', () => {
    expect(JSON.parse(queryTag('ten_1', { run: 'run_1', effect: 'e1' }))).toEqual({
      app: 'snowflow',
      tenant: 'ten_1',
      run: 'run_1',
      effect: 'e1',
    });
  });

  it('never grows over what Snowflake takes, and keeps the effect key', () => {
    const tag = queryTag('ten_1', { workflow: 'w'.repeat(900), node: 'n'.repeat(1_900), effect: 'e1' });
    expect(tag.length).toBeLessThanOrEqual(2_000);
    expect(JSON.parse(tag)).toMatchObject({ workflow: 'w'.repeat(900), effect: 'e1' });
  });

  it("takes the tenant from the context, not from the caller's tag", () => {
    expect(JSON.parse(queryTag('ten_1', { tenant: 'ten_2' }))).toMatchObject({ tenant: 'ten_1' });
  });
});
