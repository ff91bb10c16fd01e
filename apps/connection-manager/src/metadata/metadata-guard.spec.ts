import { requireMetadata } from './metadata-guard';

describe('metadata statements', () => {
  it.each([
    'SHOW DATABASES',
    'describe table "A"."B"."C"',
    'DESC VIEW v',
    'EXPLAIN USING JSON SELECT 1',
    'CALL EXPLAIN_PRIVILEGES(statement => ?, missing_only => TRUE)',
    'CALL EXPLAIN_PRIVILEGES(statement => ?, missing_only => TRUE, for_role => ?)',
    'SELECT * FROM "DB".INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = ?',
    'select a.x from db.information_schema.tables a join db.information_schema.columns b on a.id = b.id',
    'SELECT * FROM TABLE(INFORMATION_SCHEMA.QUERY_HISTORY_BY_USER(RESULT_LIMIT => 10))',
    'SELECT * FROM "INFORMATION_SCHEMA"."TABLES"',
    'SELECT USER_NAME, SUM(CREDITS_ATTRIBUTED_COMPUTE) FROM SNOWFLAKE.ACCOUNT_USAGE.QUERY_ATTRIBUTION_HISTORY GROUP BY 1',
  ])('lets %s through', (sql) => {
    expect(() => requireMetadata(sql)).not.toThrow();
  });

  it.each([
    'SELECT 1',
    'CALL SOMETHING(statement => ?, missing_only => TRUE)',
    'CALL EXPLAIN_PRIVILEGES(statement => F(?), missing_only => TRUE)',
    'SELECT * FROM ORDERS',
    'SELECT * FROM ORDERS -- FROM INFORMATION_SCHEMA.TABLES',
    "SELECT 'FROM INFORMATION_SCHEMA.TABLES' FROM ORDERS",
    'SELECT * FROM INFORMATION_SCHEMA.TABLES, ORDERS',
    'SELECT * FROM INFORMATION_SCHEMA.TABLES t, ORDERS',
    'SELECT * FROM INFORMATION_SCHEMA.TABLES JOIN ORDERS ON true',
    'SELECT * FROM INFORMATION_SCHEMA.TABLES UNION ALL SELECT * FROM ORDERS',
    'SELECT * FROM (SELECT * FROM ORDERS)',
    'DELETE FROM INFORMATION_SCHEMA.TABLES',
    'INSERT INTO T SELECT * FROM INFORMATION_SCHEMA.TABLES',
    'SELECT (SELECT MAX(x) FROM ORDERS) FROM INFORMATION_SCHEMA.TABLES',
    'SELECT * FROM "ORDERS INFORMATION_SCHEMA.X"',
    'SELECT QUERY_TEXT FROM SNOWFLAKE.ACCOUNT_USAGE.QUERY_HISTORY',
    'SELECT * FROM MINE.ACCOUNT_USAGE.QUERY_ATTRIBUTION_HISTORY',
  ])('refuses %s', (sql) => {
    expect(() => requireMetadata(sql)).toThrow(expect.objectContaining({ code: 'VALIDATION' }));
  });
});
